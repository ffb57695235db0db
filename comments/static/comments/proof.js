/* A worker that finds the number an ALTCHA challenge asks for: the one whose SHA-256, written
   after the salt, is the challenge. The hash is our own because crypto.subtle is missing on plain
   http, and slower than this for texts so short. */
"use strict";

const ROUNDS = new Uint32Array(64);
const START = new Uint32Array(8);
const WORDS = new Uint32Array(64);

/* The first 32 bits of the fraction of a root, as the standard defines its constants. */
const fraction = (root) => ((root % 1) * 2 ** 32) | 0;

function fillConstants() {
  for (let candidate = 2, found = 0; found < 64; candidate += 1) {
    let divisor = 2;
    while (candidate % divisor) divisor += 1;
    if (divisor < candidate) continue;
    if (found < 8) START[found] = fraction(Math.sqrt(candidate));
    ROUNDS[found] = fraction(Math.cbrt(candidate));
    found += 1;
  }
}

const turned = (word, bits) => (word >>> bits) | (word << (32 - bits));

/* Return the text's bytes as the standard pads them: a one, noughts, and the length in bits. */
function padded(bytes) {
  const blocks = new Uint8Array(((bytes.length + 72) >> 6) << 6);
  blocks.set(bytes);
  blocks[bytes.length] = 0x80;
  new DataView(blocks.buffer).setUint32(blocks.length - 4, bytes.length * 8);
  return blocks;
}

function fillWords(view, offset) {
  for (let i = 0; i < 16; i += 1) WORDS[i] = view.getUint32(offset + 4 * i);
  for (let i = 16; i < 64; i += 1) {
    const early = WORDS[i - 15];
    const late = WORDS[i - 2];
    const small = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3);
    const large = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10);
    WORDS[i] = WORDS[i - 16] + small + WORDS[i - 7] + large;
  }
}

function mixBlock(state) {
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i += 1) {
    const large = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const first = (h + large + ((e & f) ^ (~e & g)) + ROUNDS[i] + WORDS[i]) | 0;
    const small = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const second = (small + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, place) => { state[place] += word; });
}

function sha256(bytes) {
  const blocks = padded(bytes);
  const view = new DataView(blocks.buffer);
  const state = START.slice();
  for (let offset = 0; offset < blocks.length; offset += 64) {
    fillWords(view, offset);
    mixBlock(state);
  }
  return state;
}

const hex = (state) => [...state].map((word) => word.toString(16).padStart(8, "0")).join("");

function solve({ algorithm, challenge, salt, maxNumber }) {
  if (algorithm !== "SHA-256") return null;
  const encoder = new TextEncoder();
  const wanted = parseInt(challenge.slice(0, 8), 16);
  for (let number = 0; number <= maxNumber; number += 1) {
    const state = sha256(encoder.encode(salt + number));
    if (state[0] === wanted && hex(state) === challenge) return number;
  }
  return null;
}

fillConstants();
self.onmessage = (event) => self.postMessage(solve(event.data));
