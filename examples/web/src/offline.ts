/** Keeps the page for when there is no network. */
import { byId } from "./page/dom.js";

export async function workOffline(): Promise<void> {
  if (!("serviceWorker" in navigator) || !import.meta.env.PROD) return;
  await navigator.serviceWorker.register("./service-worker.js");
  await navigator.serviceWorker.ready;
  byId("offline-line", HTMLElement).textContent = "This page now works offline, too.";
}
