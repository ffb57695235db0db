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
        "{} was edited on the desk and is kept (--update shows it and asks)",
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
    # Why a document does not come in
    ("the document is empty", "빈 파일입니다"),
    ("the document has neither a title nor a body", "제목도 본문도 없습니다"),
    ("it has neither a title nor a text", "제목도 본문도 없습니다"),
    ("no article text was found on the page", "글을 찾지 못했습니다"),
    ("the document's encoding is unknown: {}", "글자 부호화를 알 수 없습니다: {}"),
    (
        "the document contains NUL characters, so it is not text",
        "텍스트 파일이 아닙니다(NUL 글자가 있음)",
    ),
    (
        "the document holds an absurdly long run of combining marks",
        "결합 문자가 터무니없이 길게 이어집니다",
    ),
    ("the document is larger than {} MB", "글이 {}MB보다 큽니다"),
    ("the document has more than {} lines", "글이 {}줄보다 깁니다"),
    ("the page has more than {} lines", "글이 {}줄보다 깁니다"),
    ("its text is longer than {} characters", "본문이 {}자보다 깁니다"),
    (
        "this looks like {}; this kind of source is not supported yet",
        "아직 지원하지 않는 파일입니다: {}",
    ),
    ("this looks like {}, which is not supported yet", "아직 지원하지 않는 파일입니다: {}"),
    ("this is {}, not a text document", "글이 든 파일이 아닙니다: {}"),
    ("a PDF document", "PDF"),
    ("a zip archive or office document", "zip 또는 오피스 문서"),
    ("a gzip archive", "gzip 묶음"),
    ("an HWP document", "한글(HWP) 문서"),
    ("an HWP or old office document", "한글(HWP) 또는 옛 오피스 문서"),
    ("a JSON document", "JSON 파일"),
    ("an XML or RSS document", "XML 또는 RSS 파일"),
    ("an MHTML web archive", "MHTML 웹 보관 파일"),
    ("an SQLite database", "SQLite 데이터베이스"),
    ("broken front matter{}: {}", "머리말이 깨져 있습니다{}: {}"),
    ("broken front matter: {}", "머리말이 깨져 있습니다: {}"),
    (" on line {}", " ({}번째 줄)"),
    ("front matter is larger than {} kB", "머리말이 {}kB보다 큽니다"),
    (
        "front matter on line {} is not a list of `key: value`",
        "{}번째 줄의 머리말이 `이름: 값` 꼴이 아닙니다",
    ),
    (
        "front matter opened on line {} is never closed",
        "{}번째 줄에서 연 머리말이 닫히지 않았습니다",
    ),
    ("anchors and aliases are not allowed", "앵커와 별명은 쓸 수 없습니다"),
    ("values are nested too deeply", "값이 너무 깊게 겹쳐 있습니다"),
    ("this is not well-formed XML: {}", "XML이 깨져 있습니다: {}"),
    ("the document type {} is refused", "문서 종류 선언({})이 있어 받지 않습니다"),
    ("the entity {} is refused", "엔티티 선언({})이 있어 받지 않습니다"),
    ("a reference to another file is refused", "다른 파일을 가리키고 있어 받지 않습니다"),
    ("elements are nested more than {} deep", "요소가 {}단계보다 깊게 겹쳐 있습니다"),
    (
        "this is no WordPress export, or an empty one: it holds no items",
        "워드프레스에서 내보낸 파일이 아니거나 비어 있습니다",
    ),
    ("the body cannot be rendered: {}", "본문을 그릴 수 없습니다: {}"),
    ("line {}: {}", "{}번째 줄: {}"),
    ("it could not be imported: {}", "가져오다가 잘못되었습니다: {}"),
    ("the uploaded file is not here any more", "올린 파일이 지워져 없습니다"),
    ("there is no such file or folder", "올린 파일이 지워져 없습니다"),
    (
        "the file's name or path is longer than 500 characters; shorten it",
        "파일의 이름이나 경로가 500자를 넘습니다. 줄여 주세요",
    ),
    (
        "the file's name is not one line of UTF-8; rename the file",
        "파일 이름에 쓸 수 없는 글자가 있습니다. 이름을 바꾸어 주세요",
    ),
    ("the file is larger than 20 MB", "20MB보다 큰 파일입니다"),
    ("the file cannot be read from the archive: {}", "zip에서 파일을 읽을 수 없습니다: {}"),
    ("the file cannot be read: {}", "파일을 읽을 수 없습니다: {}"),
    # Archives
    ("no document was found in it", "글이 든 파일을 찾지 못했습니다"),
    ("the zip archive cannot be opened: {}", "zip을 열 수 없습니다: {}"),
    ("the zip archive holds a link: {}", "zip에 바로 가기(링크)가 들어 있어 받지 않습니다: {}"),
    (
        "the zip archive holds a zip bomb: {}",
        "zip에 터무니없이 부푸는 파일이 있어 받지 않습니다: {}",
    ),
    ("the zip archive holds an unsafe name: {}", "zip에 위험한 경로가 있어 받지 않습니다: {}"),
    ("the zip archive holds more than {} files", "zip에 든 파일이 {}개를 넘습니다"),
    ("the zip archive unpacks to more than {} GB", "zip을 풀면 {}GB를 넘습니다"),
    # What else an export holds
    ("items of the type {}", "종류가 {}인 것"),
    ("pages (--pages import takes them)", "페이지"),
)
