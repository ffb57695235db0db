/* Sharing by KakaoTalk. Kakao's own script comes when it is pressed, and only in the version whose
   content is known. */

const SOURCE = "https://t1.kakaocdn.net/kakao_js_sdk/2.7.4/kakao.min.js";
const INTEGRITY = "sha384-DKYJZ8NLiK8MN4/C5P2dtSmLQ4KwPaoqAfyA/DfmEc1VDxu4yyC7wy6K1Hs90nka";

let loading;

function load() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    Object.assign(script, { src: SOURCE, integrity: INTEGRITY, crossOrigin: "anonymous" });
    script.referrerPolicy = "strict-origin";
    script.onload = () => resolve(window.Kakao);
    script.onerror = () => {
      loading = undefined;
      script.remove();
      reject(new Error("Kakao's script did not come."));
    };
    document.head.append(script);
  });
  return loading;
}

const meta = (name) => document.querySelector(`meta[property="${name}"]`)?.content ?? "";

export async function share(key, title, url) {
  const kakao = await load();
  if (!kakao.isInitialized()) kakao.init(key);
  const link = { webUrl: url, mobileWebUrl: url };
  const imageUrl = meta("og:image");
  const description = meta("og:description");
  if (imageUrl) kakao.Share.sendDefault({ objectType: "feed", content: { title, description, imageUrl, link } });
  else kakao.Share.sendDefault({ objectType: "text", text: `${title}\n${description}`.slice(0, 200), link });
}
