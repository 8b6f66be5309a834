// Remembers the language and tells it to assistive technology. Everything else is done by the style.
const radios = [...document.querySelectorAll("input[name=language]")];

function use(tag) {
  document.documentElement.lang = tag;
  const heading = document.querySelector(`h1 [lang=${tag}]`);
  document.title = `Tanba: ${heading.textContent}`;
}

const stored = (() => {
  try {
    return localStorage.getItem("demo-language");
  } catch {
    return null; // Storage may be closed to us.
  }
})();
const wished = [stored, ...navigator.languages.map((tag) => tag.slice(0, 2))];
const start = wished.map((tag) => radios.find((radio) => radio.value === tag)).find(Boolean) ?? radios[0];
start.checked = true;
use(start.value);

for (const radio of radios) {
  radio.addEventListener("change", () => {
    use(radio.value);
    try {
      localStorage.setItem("demo-language", radio.value);
    } catch {
      // The choice holds for this visit.
    }
  });
}
