import { once } from "node:events";
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import sharp, { type Sharp } from "sharp";
import { expect, onTestFinished, test } from "vitest";
import { pngClaiming } from "../../test/support/pngHeader.ts";
import { temporaryFolder } from "../../test/support/temporaryFolder.ts";
import { FormatError } from "../formats/index.ts";
import { readPicture } from "./readPicture.ts";

const SKY: readonly number[] = [40, 120, 220];

/** A plain 12×8 picture. */
function plain([r, g, b] = SKY): Sharp {
  return sharp({ create: { width: 12, height: 8, channels: 3, background: { r, g, b } } });
}

/** 64×48, each pixel different from its neighbours, so that no format shrinks it to nothing. */
function busy(): Sharp {
  const data = Uint8Array.from({ length: 64 * 48 * 3 }, (_, i) => (i * 2654435761) >>> 24);
  return sharp(data, { raw: { width: 64, height: 48, channels: 3 } });
}

function pixelAt(
  { width, data }: { width: number; data: ArrayLike<number> },
  x: number,
  y: number,
): number[] {
  return [0, 1, 2].map((channel) => data[(y * width + x) * 3 + channel]);
}

test.each(["png", "webp", "tiff", "gif"] as const)("a %s comes back as it was", async (format) => {
  const options = format === "tiff" ? { compression: "lzw" } : { lossless: true };
  const bytes = await plain().toFormat(format, options).toBuffer();
  const picture = await readPicture(bytes);
  expect([picture.width, picture.height, picture.data.length]).toEqual([12, 8, 12 * 8 * 3]);
  expect(pixelAt(picture, 11, 7)).toEqual(SKY);
});

test.each(["jpeg", "avif"] as const)("a %s comes back within its losses", async (format) => {
  const picture = await readPicture(await plain().toFormat(format, { quality: 95 }).toBuffer());
  pixelAt(picture, 5, 5).forEach((value, channel) => {
    expect(Math.abs(value - SKY[channel])).toBeLessThanOrEqual(3);
  });
});

test("a path is read as its bytes are", async () => {
  const path = join(temporaryFolder(), "sky.png");
  await plain().toFile(path);
  expect(await readPicture(path)).toEqual(await readPicture(await plain().png().toBuffer()));
});

test("every EXIF orientation comes back upright", async () => {
  // White at the top left of the upright picture, 3×2.
  const upright = Uint8Array.from([255, 0, 0, 0, 0, 0].flatMap((v) => [v, v, v]));
  for (let orientation = 1; orientation <= 8; orientation++) {
    const turned = await sharp(stored(upright, orientation), {
      raw: { width: orientation > 4 ? 2 : 3, height: orientation > 4 ? 3 : 2, channels: 3 },
    })
      .withMetadata({ orientation })
      .png()
      .toBuffer();
    expect(await readPicture(turned), `orientation ${orientation}`).toEqual({
      width: 3,
      height: 2,
      data: upright,
    });
  }
});

/** How a camera stores an upright 3×2 picture under an orientation; EXIF 2.32, section 4.6.4. */
function stored(upright: Uint8Array, orientation: number): Uint8Array {
  const [width, height] = orientation > 4 ? [2, 3] : [3, 2];
  const out = new Uint8Array(18);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const [x, y] = (
        [
          [column, row],
          [2 - column, row],
          [2 - column, 1 - row],
          [column, 1 - row],
          [row, column],
          [2 - row, column],
          [2 - row, 1 - column],
          [row, 1 - column],
        ] as const
      )[orientation - 1];
      out.set(upright.subarray((y * 3 + x) * 3, (y * 3 + x) * 3 + 3), (row * width + column) * 3);
    }
  }
  return out;
}

test("16 bits a channel come back as the upper 8", async () => {
  const data = Uint16Array.from({ length: 4 * 4 * 3 }, (_, i) => [0xffff, 0x8080, 0x2010][i % 3]);
  const bytes = await sharp(data, { raw: { width: 4, height: 4, channels: 3 } })
    .toColourspace("rgb16")
    .png()
    .toBuffer();
  expect((await sharp(bytes).metadata()).depth).toBe("ushort");
  expect(pixelAt(await readPicture(bytes), 2, 2)).toEqual([255, 0x80, 0x20]);
});

test("grey, also of 16 bits, comes back as three equal channels", async () => {
  const grey8 = await sharp(new Uint8Array(16).fill(77), {
    raw: { width: 4, height: 4, channels: 1 },
  })
    .toColourspace("b-w")
    .png()
    .toBuffer();
  const grey16 = await sharp(new Uint16Array(16).fill(0x4d4d), {
    raw: { width: 4, height: 4, channels: 1 },
  })
    .toColourspace("grey16")
    .png()
    .toBuffer();
  expect((await sharp(grey8).metadata()).channels).toBe(1);
  expect((await sharp(grey16).metadata()).depth).toBe("ushort");
  expect(pixelAt(await readPicture(grey8), 3, 3)).toEqual([77, 77, 77]);
  expect(pixelAt(await readPicture(grey16), 3, 3)).toEqual([77, 77, 77]);
});

test("a palette comes back as its colours", async () => {
  const bytes = await plain().png({ palette: true }).toBuffer();
  expect((await sharp(bytes).metadata()).isPalette).toBe(true);
  expect(pixelAt(await readPicture(bytes), 4, 4)).toEqual(SKY);
});

test("what is transparent is white", async () => {
  const bytes = await sharp({
    create: { width: 4, height: 4, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
  })
    .png()
    .toBuffer();
  expect(pixelAt(await readPicture(bytes), 1, 1)).toEqual([255, 255, 255]);
});

test("ink (CMYK) comes back as colour", async () => {
  const bytes = await plain([250, 250, 250])
    .toColourspace("cmyk")
    .jpeg({ quality: 100 })
    .toBuffer();
  expect((await sharp(bytes).metadata()).space).toBe("cmyk");
  const picture = await readPicture(bytes);
  expect(picture.data.length).toBe(12 * 8 * 3);
  expect(Math.min(...pixelAt(picture, 2, 2))).toBeGreaterThan(235);
});

test("an animation gives its first frame", async () => {
  const frames = await sharp(
    [await plain([255, 0, 0]).png().toBuffer(), await plain([0, 0, 255]).png().toBuffer()],
    {
      join: { animated: true },
    },
  )
    .gif()
    .toBuffer();
  const picture = await readPicture(frames);
  expect([picture.width, picture.height]).toEqual([12, 8]);
  expect(pixelAt(picture, 0, 0)).toEqual([255, 0, 0]);
});

test("a photo of 24 megapixels is read", async () => {
  const bytes = await sharp({
    create: { width: 6000, height: 4000, channels: 3, background: { r: 9, g: 8, b: 7 } },
  })
    .jpeg()
    .toBuffer();
  const picture = await readPicture(bytes);
  expect(picture.data.length).toBe(6000 * 4000 * 3);
});

test("a header of 60,000×60,000 is refused before anything is decoded", async () => {
  await expect(readPicture(pngClaiming(60_000, 60_000), { name: "bomb.png" })).rejects.toThrow(
    new RangeError(
      "readPicture: expected at most 200 megapixels, got 3600 (60000×60000) in bomb.png. Make it smaller, or raise the limit (maxMegapixels).",
    ),
  );
});

test("the limit is the caller's to set", async () => {
  const bytes = await busy().png().toBuffer();
  await expect(readPicture(bytes, { maxMegapixels: 0.003 })).rejects.toThrow(RangeError);
  expect((await readPicture(bytes, { maxMegapixels: 0.0031 })).width).toBe(64);
});

test.each(["jpeg", "png", "webp", "tiff", "gif", "avif"] as const)(
  "a %s cut short anywhere is an error, never half a picture",
  async (format) => {
    const bytes = await busy().toFormat(format).toBuffer();
    const whole = await readPicture(bytes);
    for (let kept = 1; kept < bytes.length; kept += Math.ceil(bytes.length / 60)) {
      await expect(readPicture(bytes.subarray(0, kept)), `${kept} bytes`).rejects.toThrow(
        FormatError,
      );
    }
    // Of some formats the last bytes say no more than that it is over.
    for (let kept = bytes.length - 16; kept < bytes.length; kept++) {
      const picture = await readPicture(bytes.subarray(0, kept)).catch(() => whole);
      expect(picture, `${kept} bytes`).toEqual(whole);
    }
  },
);

test("what is not a picture is told by how it begins", async () => {
  await expect(
    readPicture(Buffer.from("<!doctype html><title>404"), { name: "a.jpg" }),
  ).rejects.toThrowErrorMatchingInlineSnapshot(
    `[FormatError: readPicture: expected a JPEG, PNG, WebP, TIFF, GIF, AVIF or DICOM picture in a.jpg, got a file that begins with "<!doctype ht". Open it in a picture program and save it as one of these.]`,
  );
  await expect(
    readPicture(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')),
  ).rejects.toThrowErrorMatchingInlineSnapshot(
    `[FormatError: readPicture: expected a JPEG, PNG, WebP, TIFF, GIF, AVIF or DICOM picture in the bytes, got svg. Export it as JPEG or PNG first.]`,
  );
});

test("no bytes are no picture", async () => {
  await expect(readPicture(new Uint8Array())).rejects.toThrowErrorMatchingInlineSnapshot(
    `[FormatError: readPicture: expected a JPEG, PNG, WebP, TIFF, GIF, AVIF or DICOM picture in the bytes, got 0 bytes.]`,
  );
});

test("missing, empty, a folder, in a circle, a socket: each says what it found", async () => {
  const folder = temporaryFolder();
  const at = (name: string) => join(folder, name);
  writeFileSync(at("empty.jpg"), "");
  mkdirSync(at("folder.jpg"));
  symlinkSync("circle.jpg", at("circle.jpg"));
  const server = createServer().listen(at("socket.jpg"));
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const found = async (name: string) => {
    const error = await readPicture(at(name)).then(
      () => undefined,
      (cause: Error) => cause,
    );
    return `${error?.name}: ${error?.message.replaceAll(folder, "…")}`;
  };
  expect(await found("missing.jpg")).toMatchInlineSnapshot(
    `"Error: readPicture: expected a picture in a file at "…/missing.jpg", got nothing: it does not exist. Check the path."`,
  );
  expect(await found("empty.jpg")).toMatchInlineSnapshot(
    `"FormatError: readPicture: expected a picture in a file at "…/empty.jpg", got an empty file. Copy it again from where it came."`,
  );
  expect(await found("folder.jpg")).toMatchInlineSnapshot(
    `"Error: readPicture: expected a picture in a file at "…/folder.jpg", got a folder. Name one file in it."`,
  );
  expect(await found("circle.jpg")).toMatchInlineSnapshot(
    `"Error: readPicture: expected a picture in a file at "…/circle.jpg", got symbolic links that lead in a circle. Remove or repair the links."`,
  );
  expect(await found("socket.jpg")).toMatchInlineSnapshot(
    `"Error: readPicture: expected a picture in a file at "…/socket.jpg", got a socket. Save it as a file first."`,
  );
  expect(await found("empty.jpg/inside.jpg")).toMatchInlineSnapshot(
    `"Error: readPicture: expected a picture in a file at "…/empty.jpg/inside.jpg", got a path through something that is not a folder. Check the path."`,
  );
});

test.skipIf(process.getuid?.() === 0)(
  "a file without permission says so (not for root, who may read all)",
  async () => {
    const path = join(temporaryFolder(), "secret.jpg");
    writeFileSync(path, await plain().jpeg().toBuffer());
    chmodSync(path, 0);
    await expect(readPicture(path)).rejects.toThrow(/got no permission\. Change the permissions/);
  },
);
