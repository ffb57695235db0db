"""What the importer says, in English and Korean; `{}` stands for any words, in the same order.

Where two patterns fit a phrase the first one counts.
"""

from articles.intake.plans import WAITING

PHRASES: tuple[tuple[str, str], ...] = (
    # Pictures
    ("image not found: {}", "그림을 찾지 못했습니다: {}"),
    ("image not found beside the export: {}", "내보낸 파일 곁에 그림이 없습니다: {}"),
    ("image has an address that is never read: {}", "읽지 않는 주소의 그림입니다: {}"),
    (
        "image not found where it is said to be, and {} share its name: {}",
        "그림이 적힌 자리에 없고, 이름이 같은 그림이 {}개 있습니다: {}",
    ),
    (
        "image was not fetched (its host has failed {} times in a row): {}",
        "그림이 있는 서버가 잇달아 {}번 답하지 않아 받지 않았습니다: {}",
    ),
    ("image could not be fetched ({}): {}", "그림을 내려받지 못했습니다. {} ({})"),
    ("image refused ({}): {}", "그림을 받지 않았습니다. {} ({})"),
    ("image {}: {}", "그림을 쓸 수 없습니다. {}: {}"),
    ("a picture that has no address of its own was left out", "주소가 없는 그림을 뺐습니다"),
    (
        "the lead image, attachment {}, is not in the export",
        "대표 그림(첨부 {})이 내보낸 파일에 없습니다",
    ),
    (
        "caption without a picture left out: {}",
        "그림이 없는 그림 설명을 뺐습니다: {}",
    ),
    # Fields
    ("no author found (--author names one)", "필자를 찾지 못했습니다"),
    (
        "no date found, so it counts as published now",
        "날짜를 찾지 못해 지금 발행한 것으로 칩니다",
    ),
    (
        "no date found, so it is a draft unless it is to be published",
        "날짜를 찾지 못해, 발행하도록 고르지 않으면 초고로 둡니다",
    ),
    ("a shortcode that is not known was removed: {}", "모르는 숏코드를 뺐습니다: {}"),
    (
        "the shortcode [{}] is not known; its content is kept",
        "모르는 숏코드 [{}]의 내용만 남겼습니다",
    ),
    (
        "an old address is too long for a redirect: {}…",
        "옛 주소가 너무 길어 넘겨주기를 만들지 않았습니다: {}…",
    ),
    ("parts of a page bundle", "글에 딸린 문서"),
    ("no date found", "날짜를 찾지 못했습니다"),
    ("date taken from the masthead: {}", "날짜를 지면 머리에서 가져왔습니다: {}"),
    ("title taken from the file name: {}", "제목을 파일 이름에서 가져왔습니다: {}"),
    (
        "no title found on the page; taken from the file name: {}",
        "제목을 찾지 못해 파일 이름에서 가져왔습니다: {}",
    ),
    (
        "it has no title; called by its first words: {}",
        "제목이 없어 첫머리를 제목으로 삼았습니다: {}",
    ),
    ("the body is empty", "본문이 비어 있습니다"),
    ("further categories ignored: {}", "카테고리는 하나만 쓸 수 있어 나머지를 뺐습니다: {}"),
    (
        "the summary has {} lines; only the first 3 are kept",
        "요약이 {}줄이라 앞의 세 줄만 남겼습니다",
    ),
    (
        "the lead image's {} is longer than {} characters and was shortened",
        "대표 그림의 {} 칸이 {}자를 넘어 줄였습니다",
    ),
    ("the {} is longer than {} characters and was shortened", "{} 칸이 {}자를 넘어 줄였습니다"),
    (
        "a {} of more than {} characters was left out: {}",
        "{} 칸의 {}자가 넘는 이름을 뺐습니다: {}",
    ),
    ("the canonical address is not a web address: {}", "원문 주소가 웹 주소가 아닙니다: {}"),
    ("no episode number found, {} was given", "회차를 찾지 못해 {}회로 두었습니다"),
    (
        "episode {} of {} is taken, left out of the series",
        "{}회는 이미 있어 연재 {}에 넣지 않았습니다",
    ),
    (
        "series title not found; this is episode {} of a series",
        "연재의 {}회인데 연재 제목을 찾지 못했습니다",
    ),
    ("the address {} is taken, another one was made", "주소 {}는 이미 쓰이고 있어 새로 지었습니다"),
    (
        "{} was edited on the desk and is kept ({})",
        "편집실에서 고친 칸이라 그대로 둡니다: {}",
    ),
    (
        WAITING,
        "고친 판이 편집실에서 발행을 기다리고 있어 바꾸지 않습니다. 그것을 발행하거나 버린 뒤 다시 가져와 주세요",
    ),
    ("front matter `{}` is not {}; ignored", "머리말의 `{}` 값이 {}이 아니어서 쓰지 않았습니다"),
    ("front matter `{}`: {}", "머리말의 `{}`: {}"),
    ("file name: {}", "파일 이름: {}"),
    ("no such date: {}", "없는 날짜입니다: {}"),
    ("a date that can be read", "읽을 수 있는 날짜"),
    ("a language that articles may be in", "글에 쓸 수 있는 언어"),
    ("a list of words", "낱말의 목록"),
    ("a web address", "웹 주소"),
    ("an episode number", "회차"),
    ("draft or published", "초고 또는 발행"),
    ("true or false", "예/아니요 값"),
    ("author", "필자"),
    ("tag", "태그"),
    ("summary line", "요약"),
    ("series title", "연재 제목"),
    ("alt text", "대체 텍스트"),
    ("caption", "설명"),
    ("credit", "출처"),
    # What becomes of it
    (
        "readers could not see it there, so it is not published here",
        "그곳에서 독자에게 보이지 않던 글이라 발행하지 않습니다",
    ),
    ("it was protected by a password, so it is a draft", "비밀번호로 잠긴 글이라 초고로 둡니다"),
    ("it was only sent by e-mail, so it is a draft", "메일로만 보낸 글이라 초고로 둡니다"),
    ("it was of the status {}, so it is a draft", "원래 상태({}) 때문에 초고로 둡니다"),
    ("it was {}, so it is a draft", "원래 상태({}) 때문에 초고로 둡니다"),
    (
        "it was scheduled for a time that cannot be read, so it is a draft",
        "예약된 시각을 읽을 수 없어 초고로 둡니다",
    ),
    (
        "the publish gate refuses it as it is, so it stays a draft",
        "발행 전 점검에 걸려 초고로 두었습니다",
    ),
    (
        "readers would see it, and nobody has said why it need not be checked",
        "독자에게 보이게 될 글인데 점검하지 않는 까닭이 적혀 있지 않습니다",
    ),
    (
        "the article is approved or published, or belongs to somebody else",
        "이미 승인되거나 발행된 글, 또는 다른 사람의 글이라 고칠 수 없습니다",
    ),
    ("the author is not known here and was left out: {}", "여기에 없는 필자라 뺐습니다: {}"),
    ("the category is not known here and was left out: {}", "여기에 없는 카테고리라 뺐습니다: {}"),
    ("the series is not known here and was left out: {}", "여기에 없는 연재라 뺐습니다: {}"),
    (
        "other essays were imported from files of this name; rename the file",
        "같은 이름의 파일에서 다른 글을 가져온 적이 있습니다. 파일 이름을 바꾸어 주세요",
    ),
    # The text
    ("a recording or film became a link: {}", "소리나 영상을 링크로 바꾸었습니다: {}"),
    ("an embedded page became a link: {}", "끼워 넣은 페이지를 링크로 바꾸었습니다: {}"),
    (
        "a table has cells over several columns or rows; check how it came out",
        "칸을 합친 표가 있습니다. 모양을 확인해 주세요",
    ),
    (
        "a link to the old site leads to no article here: {}",
        "옛 사이트로 가는 링크가 여기의 글로 이어지지 않습니다: {}",
    ),
    ("shortcode removed: {}", "쇼트코드를 뺐습니다: {}"),
    (
        "the shortcode [{}] is not known and stays in the text",
        "모르는 쇼트코드 [{}]를 글에 그대로 두었습니다",
    ),
    (
        "{} of {} written as {}; check that it exists",
        "{} {}의 주소를 {}로 적었습니다. 그 글이 있는지 확인해 주세요",
    ),
    ("left out after the text: {}", "글 뒤의 줄을 뺐습니다: {}"),
    ("dropped {} long {} after {}", "글 뒤의 긴 문단 {0}개를 뺐습니다 ({2} 다음)"),
    ("dropped {} after {}", "글 뒤의 줄을 뺐습니다: {} ({} 다음)"),
    ("a footnote's text is missing", "각주의 풀이가 없습니다"),
    (
        "left out: the block {}, which WordPress fills when it shows it",
        "워드프레스가 보여 줄 때 채우는 블록이라 뺐습니다: {}",
    ),
    (
        "control characters that no XML may hold were removed",
        "XML에 쓸 수 없는 제어 문자를 지웠습니다",
    ),
    # Ghost
    (
        "only members could read it ({}), so it is a draft",
        "회원에게만 보이던 글({})이라 초고로 둡니다",
    ),
    (
        "left out: a card ({}) that only members or e-mails showed",
        "회원이나 메일에만 보이던 카드({})를 뺐습니다",
    ),
    ("left out: a card that only members saw", "회원에게만 보이던 카드를 뺐습니다"),
    ("a card of the kind {}", "옮길 수 없는 카드({})"),
    ("left out: code injected into its {}", "글에 끼워 넣은 코드({})를 뺐습니다"),
    ("left out: the template {}", "글의 서식(템플릿)을 뺐습니다: {}"),
    ("left out: {}", "뺐습니다: {}"),
    ("what only e-mails showed ({})", "메일에만 보이던 것({})"),
    ("the form to sign up ({})", "가입 양식({})"),
    ("a list of posts that Ghost fills ({})", "Ghost가 채우는 글 목록({})"),
    (
        "a link to the old site leads to no post of the export: {}",
        "옛 사이트로 가는 링크가 내보낸 파일의 글로 이어지지 않습니다: {}",
    ),
    ("some letters are damaged in the file (�)", "파일에 깨진 글자(�)가 있습니다"),
    # Web pages
    ("a film was left out", "주소를 알 수 없는 영상을 뺐습니다"),
    ("a film kept at Naver was left out: {}", "네이버에 있는 영상을 뺐습니다: {}"),
    ("a file was left out: {}", "첨부 파일을 뺐습니다: {}"),
    ("a map was left out", "지도를 뺐습니다"),
    ("a formula was kept as the code of LaTeX", "수식을 LaTeX 코드로 남겼습니다"),
    ("the date on the page does not exist", "페이지에 적힌 날짜가 없는 날짜입니다"),
    (
        "the page says only how long ago it was published",
        "페이지에 ‘몇 시간 전’처럼만 적혀 있어 날짜를 알 수 없습니다",
    ),
    # Markdown
    ("Liquid removed: {}", "지킬(Liquid) 명령을 뺐습니다: {}"),
    (
        "shortcode {} is not known and stays in the text",
        "모르는 쇼트코드 {}를 글에 그대로 두었습니다",
    ),
    ("shortcode {} removed, its content kept", "쇼트코드 {}를 빼고 그 안의 글은 남겼습니다"),
    (
        "MDX component removed, its content kept: {}",
        "MDX 컴포넌트를 빼고 그 안의 글은 남겼습니다: {}",
    ),
    (
        "an embedded note or file is left as its name: {}",
        "끼워 넣은 노트나 파일을 이름만 남겼습니다: {}",
    ),
    ("the explanations of abbreviations are left out", "약어 풀이를 뺐습니다"),
    (
        "no date found; that of the last change was taken",
        "날짜를 찾지 못해 마지막으로 고친 날짜를 썼습니다",
    ),
    ("front matter line {} was mended: {}", "머리말 {}번째 줄을 바로잡아 읽었습니다: {}"),
    (
        "front matter has `{}` twice; the last one with a value counts",
        "머리말에 `{}` 칸이 둘이라 값이 있는 마지막 것을 썼습니다",
    ),
    ("`{}` {} is not carried over", "`{}` {} 값은 옮기지 않았습니다"),
    (
        "it was hidden from lists there, so it is a draft here",
        "그곳의 목록에 보이지 않던 글이라 초고로 둡니다",
    ),
    ("{} became a link: {}", "{}를 링크로 바꾸었습니다: {}"),
    ("a link leads to no article here: {}", "링크가 여기의 글로 이어지지 않습니다: {}"),
    (
        "its links could not be mended, import it again: {}",
        "글 사이의 링크를 잇지 못했습니다. 다시 가져와 주세요: {}",
    ),
    # What else an export holds
    ("items of the type {}", "종류가 {}인 것"),
    ("pages (--pages import takes them)", "페이지"),
    ("pages without a text", "글이 없는 페이지"),
    ("{} without a title and a text", "제목과 본문이 없는 {}"),
    ("{} in the trash", "휴지통에 있던 {}"),
    ("{} never saved", "저장한 적이 없는 {}"),
    ("{} without a status", "상태가 없는 {}"),
    ("{} of the status {}", "{}(상태 {})"),
    ("in the trash", "휴지통"),
    ("never saved", "저장한 적 없음"),
    ("without a status", "상태 없음"),
    ("files of a theme or tool", "테마와 도구의 파일"),
    ("lists of posts", "글 목록 페이지"),
    ("notes on a blog's code", "블로그 코드에 대한 안내문"),
    ("posts", "글"),
    ("pages", "페이지"),
)
