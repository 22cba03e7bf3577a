/** The visitor's own files, by drop or dialog. */
import { byId } from "../page/dom.js";
import { integer } from "../page/format.js";
import type { Digits } from "./digits.js";

/**
 * @param read Reads and checks the files, or throws an error for the visitor.
 * @param use Takes digits into use; nothing for those that came with the page.
 */
export function startOwnDigits(
  read: (images: File, labels: File) => Promise<Digits>,
  use: (digits: Digits | undefined) => Promise<void>,
): void {
  const drop = byId("drop", HTMLElement);
  const files = byId("files", HTMLInputElement);
  const back = byId("shipped-digits", HTMLButtonElement);
  const status = byId("data-status", HTMLElement);

  function say(text: string, isError = false): void {
    status.textContent = text;
    status.classList.toggle("is-error", isError);
  }

  async function take(chosen: readonly File[]): Promise<void> {
    try {
      const [images, labels] = pair(chosen);
      say(`Reading ${images.name} and ${labels.name} …`);
      const digits = await read(images, labels);
      await use(digits);
      back.hidden = false;
      say(`In use: ${integer(digits.labels.length)} digits from ${digits.name}.`);
    } catch (error) {
      say((error as Error).message, true);
    }
  }

  files.addEventListener("change", () => {
    void take([...(files.files ?? [])]);
    files.value = "";
  });
  back.addEventListener("click", async () => {
    await use(undefined);
    back.hidden = true;
    say("Back to the digits of MNIST.");
    byId("files", HTMLInputElement).focus();
  });
  for (const type of ["dragenter", "dragover"]) {
    drop.addEventListener(type, (event) => {
      event.preventDefault();
      drop.classList.add("is-over");
    });
  }
  drop.addEventListener("dragleave", () => drop.classList.remove("is-over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("is-over");
    void take([...(event.dataTransfer?.files ?? [])]);
  });
  // Beside the box a file would replace the page
  for (const type of ["dragover", "drop"]) window.addEventListener(type, (event) => event.preventDefault());
}

/** Which file is which, by name. */
function pair(files: readonly File[]): [File, File] {
  const labels = files.find(({ name }) => /label|target|(^|[^a-z])y([^a-z]|$)/i.test(name));
  const images = files.find((file) => file !== labels);
  if (files.length !== 2 || !labels || !images) {
    const got = files.length === 0 ? "none" : files.map(({ name }) => name).join(", ");
    throw new Error(`Two files are needed at once, images.npy and labels.npy; got ${got}.`);
  }
  return [images, labels];
}
