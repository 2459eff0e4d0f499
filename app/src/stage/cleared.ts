/**
 * The pen of a stage's canvas, with nothing on it but what lies behind the photo: the canvas's own
 * background. Where that is opaque at the first drawing so is the canvas from then on, which costs a browser without a GPU far less to
 * show; a page that embeds the stage may let its own ground through.
 */
export function cleared(canvas: HTMLCanvasElement): CanvasRenderingContext2D | null {
  const ground = getComputedStyle(canvas).backgroundColor;
  const isOpaque = !ground.startsWith("rgba") && !ground.includes("/");
  const pen = canvas.getContext("2d", { alpha: !isOpaque });
  if (!pen) return null;
  pen.resetTransform();
  if (isOpaque) {
    pen.fillStyle = ground;
    pen.fillRect(0, 0, canvas.width, canvas.height);
  } else {
    pen.clearRect(0, 0, canvas.width, canvas.height);
  }
  return pen;
}
