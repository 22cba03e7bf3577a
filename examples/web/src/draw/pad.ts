/** The drawing pad: a canvas for finger, pen and mouse, and a pen that the arrow keys move. */
import { context2d, onThemeChange, styleValue } from "../page/dom.js";
import type { Point, Stroke } from "./rasterize.js";

/** Coordinates on the pad run from 0 to this, whatever its size on the screen. */
const SIZE = 280;
const LINE_WIDTH = 20;
/** How far one press of an arrow key moves the pen. */
const STEP = 10;
const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -STEP, y: 0 },
  ArrowRight: { x: STEP, y: 0 },
  ArrowUp: { x: 0, y: -STEP },
  ArrowDown: { x: 0, y: STEP },
};

export interface Pad {
  clear(): void;
  undo(): void;
}

/** Calls back with all strokes whenever they change. */
export function makePad(canvas: HTMLCanvasElement, onChange: (strokes: readonly Stroke[]) => void): Pad {
  const context = context2d(canvas);
  let strokes: Point[][] = [];
  /** The pointer that draws. */
  let pointer: number | undefined;
  let cursor: Point = { x: SIZE / 2, y: SIZE / 4 };
  let penIsDown = false;

  function draw(): void {
    const pixels = Math.round(canvas.clientWidth * devicePixelRatio) || SIZE;
    if (canvas.width !== pixels) canvas.width = canvas.height = pixels;
    context.setTransform(pixels / SIZE, 0, 0, pixels / SIZE, 0, 0);
    context.clearRect(0, 0, SIZE, SIZE);
    context.lineWidth = LINE_WIDTH;
    context.lineCap = context.lineJoin = "round";
    context.strokeStyle = styleValue("--ink");
    for (const stroke of strokes) {
      context.beginPath();
      const [first, ...others] = stroke as [Point, ...Point[]];
      context.moveTo(first.x, first.y);
      for (const { x, y } of others.length > 0 ? others : [first]) context.lineTo(x, y);
      context.stroke();
    }
    if (canvas.matches(":focus-visible")) drawCursor();
  }

  function drawCursor(): void {
    context.lineWidth = 2;
    context.strokeStyle = styleValue("--accent");
    context.fillStyle = styleValue("--accent");
    context.beginPath();
    context.arc(cursor.x, cursor.y, LINE_WIDTH / 2 + 3, 0, 2 * Math.PI);
    context.stroke();
    if (!penIsDown) return;
    context.beginPath();
    context.arc(cursor.x, cursor.y, 4, 0, 2 * Math.PI);
    context.fill();
  }

  function changed(): void {
    draw();
    onChange(strokes);
  }

  function clear(): void {
    strokes = [];
    penIsDown = false;
    changed();
  }

  function undo(): void {
    strokes.pop();
    penIsDown = false;
    changed();
  }

  function place(event: PointerEvent): Point {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    return { x: ((event.clientX - left) / width) * SIZE, y: ((event.clientY - top) / height) * SIZE };
  }

  canvas.addEventListener("pointerdown", (event) => {
    if (pointer !== undefined || event.button !== 0) return;
    pointer = event.pointerId;
    canvas.setPointerCapture(pointer);
    strokes.push([place(event)]);
    changed();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (event.pointerId !== pointer) return;
    // Between two frames a pen may have been in many places
    const events = event.getCoalescedEvents?.() ?? [];
    strokes.at(-1)?.push(...(events.length > 0 ? events : [event]).map(place));
    changed();
  });
  for (const type of ["pointerup", "pointercancel"] as const) {
    canvas.addEventListener(type, (event) => {
      if (event.pointerId === pointer) pointer = undefined;
    });
  }

  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = ARROWS[event.key];
    if (step) {
      cursor = { x: within(cursor.x + step.x), y: within(cursor.y + step.y) };
      if (penIsDown) strokes.at(-1)?.push(cursor);
    } else if (event.key === " " || event.key === "Enter") {
      penIsDown = !penIsDown;
      if (penIsDown) strokes.push([cursor]);
    } else if (event.key === "Backspace") {
      undo();
    } else if (event.key === "Delete") {
      clear();
    } else {
      return;
    }
    event.preventDefault();
    changed();
  });

  for (const type of ["focus", "blur"]) canvas.addEventListener(type, draw);
  new ResizeObserver(draw).observe(canvas);
  onThemeChange(draw);
  return { clear, undo };
}

function within(coordinate: number): number {
  return Math.min(Math.max(coordinate, LINE_WIDTH / 2), SIZE - LINE_WIDTH / 2);
}
