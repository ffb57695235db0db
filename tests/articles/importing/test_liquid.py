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


def test_other_shortcodes_are_removed_by_name() -> None:
    result = resolve_liquid("가{{< sup 1 >}}나{{% notice tip %}}다{{% /notice %}}")
    assert result.text == "가나다"
    assert result.warnings == [
        f"shortcode removed: {name}" for name in ("sup", "notice", "/notice")
    ]


def test_post_url_becomes_a_link_to_check() -> None:
    result = resolve_liquid("[지난 글]({% post_url 2024-05-06-물레 %})")
    assert result.text == "[지난 글](/articles/물레/)"
    assert "2024-05-06-물레" in result.warnings[0]


def test_other_liquid_is_removed_by_name() -> None:
    result = resolve_liquid("가 {% include gallery %}{{ page.title }} 나 {% include gallery %}")
    assert result.text == "가  나 "
    assert result.warnings == ["Liquid removed: {{ page.title }}", "Liquid removed: {% include %}"]
