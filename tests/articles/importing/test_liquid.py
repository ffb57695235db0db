import pytest

from articles.importing.liquid import resolve_liquid


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("![]({{ site.url }}{{ site.baseurl }}/a.png)", "![](/a.png)"),
        ("![]({{site.baseurl}}/a.png)", "![](/a.png)"),
        ("![]({{ '/a.png' | relative_url }})", "![](/a.png)"),
        ('<img src="{{ "/a.png" | absolute_url }}">', '<img src="/a.png">'),
        ("[처음]({{ site.url }})", "[처음](/)"),
        ("{% raw %}{{ 그대로 }}{% endraw %}", "{{ 그대로 }}"),
        ("가{% comment %}숨김{% endcomment %}나", "가나"),
        ("`{{ site.url }}`", "`{{ site.url }}`"),
        ("```\n{% include a.html %}\n```", "```\n{% include a.html %}\n```"),
        (
            '{% include figure image_path="/a b.jpg" alt="강" caption="저녁 강" %}',
            '![강](</a b.jpg> "저녁 강")',
        ),
        ("{% highlight ruby linenos %}\nputs 1\n{% endhighlight %}", "```ruby\nputs 1\n```"),
        ("{% highlight md %}\n```\n{% endhighlight %}", "````md\n```\n````"),
    ],
)
def test_liquid_is_resolved_without_a_warning(source: str, text: str) -> None:
    result = resolve_liquid(source)
    assert (result.text, result.warnings) == (text, [])


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ('{{< figure src="/a.png" title="저녁 강" >}}', '![저녁 강](/a.png "저녁 강")'),
        (
            "{{< youtube dQw4w9WgXcQ >}}",
            '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>',
        ),
        ("`{{< youtube x >}}`", "`{{< youtube x >}}`"),
    ],
)
def test_shortcodes_become_pictures_and_films(source: str, text: str) -> None:
    result = resolve_liquid(source)
    assert (result.text, result.warnings) == (text, [])


def test_of_unknown_shortcodes_words_stay_and_the_report_has_the_rest() -> None:
    result = resolve_liquid('가 {{< sup 1 >}} 나 {{< z 3 >}}{{% x %}}다{{% /x %}}\n\n{{< y "4" >}}')
    assert result.text == "가 <sup>1</sup> 나 3다\n\n"
    assert result.warnings == [
        "shortcode removed: {{< z 3 >}}",
        "shortcode x removed, its content kept",
        'shortcode removed: {{< y "4" >}}',
    ]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("[지난 글]({% post_url 2024-05-06-물레 %})", "[지난 글](/_posts/2024-05-06-물레.md)"),
        ("[글]({% link _posts/2024-05-06-a.md %})", "[글](/_posts/2024-05-06-a.md)"),
        ("{% post_link mill '물레' %}", "[물레](/_posts/mill.md)"),
        ('[글]({{< ref "post/mill.md#a" >}})', "[글](/post/mill.md#a)"),
        ('{% assign a = "강" %}{{ a }}', "강"),
        ("{% capture n %}\n* 하나\n{% endcapture %}{{ n | markdownify }}", "\n\n* 하나\n\n"),
        ("{{ page.title }} {{ site.name }}", "강 마을"),
        ('{% asset_img "a.png" 300 "강" %}', '![강](a.png "강")'),
        ("{% link 강가 https://a.b [external] %}", "[강가](https://a.b)"),
        ("{% codeblock lang:java %}\n{{ x }}\n{% endcodeblock %}", "```java\n{{ x }}\n```"),
        ("{% note warning %}\n강\n{% endnote %}", "\n> [!WARNING]\n> 강\n"),
        (
            '{{% notice style="warning" title="강" %}}\n물\n{{% /notice %}}',
            "\n> [!WARNING] 강\n> 물\n",
        ),
        ("{{< highlight go >}}\nx\n{{< /highlight >}}", "\n```go\nx\n```\n"),
        ("{{</* figure */>}}", "{{< figure >}}"),
        (
            "{% include embed/youtube.html id='abcdefghijk' %}",
            '<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>',
        ),
        ("{% include toc %}", ""),
        ("{% include gallery caption='모음' %}", "![가](/a.png)\n\n▲ 모음"),
    ],
)
def test_tags_of_three_systems_become_markdown(source: str, text: str) -> None:
    page = {"title": "강", "gallery": [{"image_path": "/a.png", "alt": "가"}]}
    result = resolve_liquid(source, page, {"name": "마을"})
    assert (result.text, result.warnings) == (text, [])


def test_other_liquid_is_removed_by_name() -> None:
    result = resolve_liquid("가 {% include gallery %}{{ page.title }} 나 {% include gallery %}")
    assert result.text == "가  나 "
    assert result.warnings == ["Liquid removed: {{ page.title }}", "Liquid removed: {% include %}"]


@pytest.mark.parametrize(
    ("caption", "written"),
    [
        ("강의 사진", '![강의 사진](a.png "강의 사진")'),
        ("**강**의 사진", "![강의 사진](a.png)\n▲ **강**의 사진"),
        ("[Kim](https://a.example) 사진", "![Kim 사진](a.png)\n▲ [Kim](https://a.example) 사진"),
        ("5 * 3 * 2", '![5 * 3 * 2](a.png "5 * 3 * 2")'),
    ],
)
def test_a_caption_keeps_its_marks_below_the_picture(caption: str, written: str) -> None:
    tag = f'{{% include figure image_path="a.png" caption="{caption}" %}}'
    assert resolve_liquid(tag).text.strip() == written
