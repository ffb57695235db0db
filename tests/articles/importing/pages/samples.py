"""Pages as platforms write them, around one essay."""

TITLE = "느린 강의 열 해"
FIRST = "강 상류의 작은 마을에서 시작한 모임이 올해로 열 해를 맞았다. 처음에는 서로를 믿지 못했다고 한다."
SECOND = (
    "모이는 사람은 서른 명에서 삼백 명으로 늘었고, 일하는 방식도 그동안 여러 번 바뀌었다고 한다."
)
THIRD = (
    "“우리는 서두르지 않습니다.” 모임의 첫 대표는 내년에도 같은 자리에서 같은 일을 하겠다고 했다."
)

LOCAL_PAPER = f"""<!DOCTYPE html><html lang="ko"><head><title>{TITLE} &lt; 사회 &lt; 기사본문 - 한빛일보</title>
<link rel="canonical" href="https://www.hanbit.example/news/articleView.html?idxno=7">
<meta property="og:site_name" content="한빛일보"><meta property="og:title" content="{TITLE} - 한빛일보">
<meta property="og:description" content="{FIRST[:40]}"><meta name="author" content="한빛일보">
<meta property="article:section" content="사회"><meta property="article:published_time" content="2025-09-02T14:30:00+09:00">
</head><body><div class="weather">맑음 서울 24.5℃</div><h3 class="heading">{TITLE}</h3>
<h4 class="subheading">마을이 지킨 작은 약속</h4><ul><li>기자명 김하늘 기자</li><li>입력 2025.09.02 14:30</li></ul>
<div class="sns">이 기사를 공유합니다</div><article id="article-view-content-div" itemprop="articleBody">
<figure class="photo-layout"><img src="/news/photo/1.jpg"><figcaption>▲ 모임의 아침 ⓒ 한빛일보</figcaption></figure>
<p>[한빛일보=김하늘 기자] {FIRST}</p><p><strong>■ 남은 숙제</strong></p><p>{SECOND}</p>
<div class="ad-box"><iframe src="https://ads.example/1"></iframe></div><p>{THIRD}</p><p>김하늘 기자 sky@hanbit.example</p></article>
<div class="view-copyright">저작권자 © 한빛일보 무단전재 및 재배포 금지</div><h5>관련기사</h5><ul><li>다른 마을</li></ul>
<ul class="tag-group"><li><a href="#">#강</a></li><li><a href="#">#마을</a></li></ul></body></html>"""

PORTAL = f"""<html><head><meta property="og:title" content="{TITLE}">
<meta property="og:article:author" content="한빛일보 | 네이버"></head><body>
<em class="media_end_categorize_item">경제</em><h2 id="title_area"><span>{TITLE}</span></h2>
<span class="media_end_head_info_datestamp_time _ARTICLE_DATE_TIME" data-date-time="2025-09-02 14:30:10">2025.09.02.</span>
<em class="media_end_head_journalist_name">이바다 기자</em><article id="dic_area"><strong class="media_end_summary">열 해의 기록</strong>
<span class="end_photo_org"><img data-src="https://img.example/1.jpg" src="data:image/gif;base64,R0"><em class="img_desc">모임의 마당</em></span>
{FIRST}<br><br>{SECOND}<br><br><b>두 번째 실험</b><br><br>{THIRD}<br><br>이바다 기자 sea@hanbit.example<br><br>
<a href="https://x.example">▶ 한빛일보 구독하고 소식 받기</a></article></body></html>"""

OLD_TABLES = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=euc-kr"><title>{TITLE} : 한빛신문</title></head>
<body><table><tr><td><h1>{TITLE}</h1><h2>마을이 지킨 작은 약속</h2><p>강여울 기자 stream@hanbit.example</p>
<p>입력 : 2025-09-02 14:30 | 본지 12면</p><div class="news_article"><table><tr><td><img src="./강_files/1.jpg"></td></tr>
<tr><td>회의를 마친 사람들</td></tr></table>{FIRST}<br><br>{SECOND}<br><br>{THIRD}<br><br>
ⓒ한빛신문, 무단 전재 및 재배포 금지</div></td><td>많이 본 뉴스<br>다른 이야기</td></tr></table></body></html>"""

STATIC_BLOG = f"""<html><head><title>{TITLE} - 들풀의 기록</title><meta property="og:site_name" content="들풀의 기록">
<link rel="canonical" href="https://grass.example/essay/slow/"><meta name="author" content="들풀">
</head><body><article class="h-entry"><h1 class="page__title p-name">{TITLE}</h1><section class="page__content e-content" itemprop="text">
<aside><nav class="toc"><a href="#a">두 번째</a></nav></aside><p>{FIRST}</p>
<h1 id="a">두 번째<a class="header-link" href="#a"><span class="sr-only">Permalink</span></a></h1><p>{SECOND} <a href="../more/">더</a></p>
<div class="language-python highlighter-rouge"><pre><code><span class="k">print</span>(<span>1</span>)
</code></pre></div><table><tr><th>가</th><th>나</th></tr><tr><td>1</td><td>2</td></tr></table><p><img src="/assets/1.jpg" alt="강"></p>
<p>{THIRD}</p></section><footer><a href="/tags/#t" rel="tag">강</a> <a href="/categories/#essay" rel="tag">essay</a>
<time class="dt-published" datetime="2025-09-02T14:30:00+09:00">September 2, 2025</time></footer></article></body></html>"""

WORDPRESS = f"""<html><head><title>{TITLE} &#8211; 들풀</title><meta name="generator" content="WordPress 6.5">
<meta property="og:image" content="https://grass.example/wp-content/uploads/lead.jpg"></head><body><article class="post">
<a href="/category/essay/" rel="category tag">에세이</a><h1 class="entry-title">{TITLE}</h1><span class="post-author">글쓴이 들풀</span>
<time class="entry-date" datetime="2025-09-02T14:30:00+09:00">2025년 9월 2일</time>
<img class="wp-post-image" src="https://grass.example/wp-content/uploads/lead-1024x683.jpg" alt="강"><div class="entry-content"><p>{FIRST}</p>
<div class="wp-caption"><img src="https://grass.example/wp-content/uploads/b.jpg"><p class="wp-caption-text">모임의 마당</p></div>
<p>{SECOND}</p><iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe><p>{THIRD}</p>
<div class="sharedaddy"><h3>이 글 공유하기:</h3></div></div><a href="/tag/river/" rel="tag">강</a></article></body></html>"""

LINKED_DATA = f"""<html><head><title>{TITLE}</title><script type="application/ld+json">
{{"@graph": [{{"@type": "Article", "headline": "{TITLE}", "author": [{{"@type": "Person", "name": "들풀"}}],
"datePublished": "2025-09-02T05:30:00.000Z", "keywords": "강, 마을", "description": "마을이 지킨 작은 약속"}}]}}</script></head>
<body><section class="gh-content"><p>{FIRST}</p><figure><picture><source srcset="/a.webp"><img src="https://grass.example/a.jpg"></picture>
<figcaption><span>강의 아침</span></figcaption></figure><p>{SECOND}</p><p>{THIRD}</p></section></body></html>"""

UNMARKED = f"""<!-- saved from url=(0030)https://mag.example/essays/slow -->
<html><head><title>{TITLE} | 작은 매거진</title></head><body><div class="top"><a>홈</a><a>칼럼</a></div><div><div>{TITLE}</div>
<div>글 윤새벽 | 2025.09.02</div><div class="c">{FIRST}<br/><br/>{SECOND}<br/><br/><img src="./느린_files/a.jpg"><br/>▲ 모임의 마당<br/><br/>{THIRD}</div>
<div class="share">공유하기</div></div><div>Copyright 2025 작은 매거진. All rights reserved.</div></body></html>"""

BOARD = f"""<html><head><title>자유게시판 - {TITLE}</title></head><body><table><tr><th>제목</th><td>{TITLE}</td></tr>
<tr><th>작성자</th><td>들풀</td><th>작성일</th><td>2025-09-02 14:30</td><th>조회수</th><td>123</td></tr>
<tr><td colspan="6"><div><p><span>{FIRST}</span></p><p><br></p><p>{SECOND}</p><p><img src="a.jpg"><em>강의 아침</em></p><p>{THIRD}</p></div></td></tr>
</table><a>목록</a><a>이전글</a></body></html>"""
