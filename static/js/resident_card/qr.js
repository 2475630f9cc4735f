// The QR of a card: version 6, level M, alphanumeric (ISO/IEC 18004). One size is enough, because a code always has 149 characters
// (resident_card/codes.py); up to 154 fit. Drawn on the phone, so that a card works without a network.

export const SIZE = 41; // modules on a side
const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const BLOCKS = 4, DATA = 27, CHECKS = 16; // codewords of a block
const LONGEST = 154;

// GF(256) with the polynomial of the standard.
const POWERS = [];
const LOGS = [];
for (let power = 0, value = 1; power < 255; power++) {
  POWERS[power] = value;
  LOGS[value] = power;
  value = (value << 1) ^ (value & 128 ? 0x11d : 0);
}
const times = (a, b) => (a && b ? POWERS[(LOGS[a] + LOGS[b]) % 255] : 0);

const GENERATOR = Array.from({ length: CHECKS }).reduce(
  (product, _, root) => [...product, 0].map((value, place) => value ^ times(product[place - 1] ?? 0, POWERS[root])),
  [1],
);

// Bits

function codewords(text) {
  if (text.length > LONGEST || [...text].some((letter) => !LETTERS.includes(letter))) throw new RangeError("not a card's code");
  let bits = "0010" + binary(text.length, 9);
  for (let place = 0; place < text.length; place += 2) {
    const [first, second] = [...text.slice(place, place + 2)].map((letter) => LETTERS.indexOf(letter));
    bits += second === undefined ? binary(first, 6) : binary(first * 45 + second, 11);
  }
  bits += "0".repeat(Math.min(4, BLOCKS * DATA * 8 - bits.length));
  bits = bits.padEnd(Math.ceil(bits.length / 8) * 8, "0");
  const words = bits.match(/.{8}/g).map((byte) => parseInt(byte, 2));
  for (let pad = 0; words.length < BLOCKS * DATA; pad ^= 1) words.push(pad ? 0x11 : 0xec);
  return words;
}

const binary = (value, width) => value.toString(2).padStart(width, "0");

function checksOf(block) {
  const rest = [...block, ...new Array(CHECKS).fill(0)];
  for (let place = 0; place < block.length; place++) {
    const factor = rest[place];
    GENERATOR.forEach((value, offset) => (rest[place + offset] ^= times(value, factor)));
  }
  return rest.slice(block.length);
}

function interleaved(words) {
  const blocks = Array.from({ length: BLOCKS }, (_, n) => words.slice(n * DATA, (n + 1) * DATA));
  const woven = (rows) => rows[0].flatMap((_, place) => rows.map((row) => row[place]));
  return [...woven(blocks), ...woven(blocks.map(checksOf))];
}

// Places: null is free for data, a boolean is dark or light for good.

function frame() {
  const grid = Array.from({ length: SIZE }, () => new Array(SIZE).fill(null));
  const square = (row, column, half, isDark) => {
    for (let down = -half; down <= half; down++) {
      for (let right = -half; right <= half; right++) {
        if (grid[row + down]?.[column + right] !== undefined) grid[row + down][column + right] = isDark(Math.max(Math.abs(down), Math.abs(right)));
      }
    }
  };
  for (let place = 8; place < SIZE - 8; place++) grid[6][place] = grid[place][6] = place % 2 === 0;
  for (const [row, column] of [[3, 3], [3, SIZE - 4], [SIZE - 4, 3]]) square(row, column, 4, (ring) => ring !== 2 && ring !== 4);
  square(SIZE - 7, SIZE - 7, 2, (ring) => ring !== 1);
  for (const [row, column] of formatPlaces().flat()) grid[row][column] = false;
  grid[SIZE - 8][8] = true;
  return grid;
}

// Both copies of the 15 bits of the format, the highest bit first.
function formatPlaces() {
  const near = [0, 1, 2, 3, 4, 5, 7, 8].map((column) => [8, column]).concat([7, 5, 4, 3, 2, 1, 0].map((row) => [row, 8]));
  const far = [];
  for (let n = 0; n < 7; n++) far.push([SIZE - 1 - n, 8]);
  for (let n = 8; n > 0; n--) far.push([8, SIZE - n]);
  return [near, far];
}

const MASKS = [
  (row, column) => (row + column) % 2 === 0,
  (row) => row % 2 === 0,
  (row, column) => column % 3 === 0,
  (row, column) => (row + column) % 3 === 0,
  (row, column) => ((row >> 1) + Math.floor(column / 3)) % 2 === 0,
  (row, column) => ((row * column) % 2) + ((row * column) % 3) === 0,
  (row, column) => (((row * column) % 2) + ((row * column) % 3)) % 2 === 0,
  (row, column) => (((row + column) % 2) + ((row * column) % 3)) % 2 === 0,
];

function filled(bits, mask) {
  const grid = frame();
  const places = zigzag().filter(([row, column]) => grid[row][column] === null);
  places.forEach(([row, column], n) => (grid[row][column] = (bits[n] === "1") !== MASKS[mask](row, column)));
  const format = formatBits(mask);
  for (const copy of formatPlaces()) copy.forEach(([row, column], n) => (grid[row][column] = format[n] === "1"));
  return grid;
}

function zigzag() {
  const places = [];
  for (let right = SIZE - 1, up = true; right > 0; right -= right === 8 ? 3 : 2, up = !up) {
    for (let n = 0; n < SIZE; n++) for (const column of [right, right - 1]) places.push([up ? SIZE - 1 - n : n, column]);
  }
  return places;
}

// Level M is 00; ten bits of BCH and the fixed mask of the standard.
function formatBits(mask) {
  let rest = mask << 10;
  for (let bit = 14; bit >= 10; bit--) if (rest & (1 << bit)) rest ^= 0x537 << (bit - 10);
  return binary(((mask << 10) | rest) ^ 0x5412, 15);
}

// What the standard calls penalty: runs, squares, false finders, balance. The mask with the least is the easiest to read.
function penalty(grid) {
  const columns = grid[0].map((_, column) => grid.map((row) => row[column]));
  const lines = [...grid, ...columns].map((line) => line.map((dark) => (dark ? "1" : "0")).join(""));
  let sum = 0;
  for (const line of lines) {
    for (const run of line.match(/0{5,}|1{5,}/g) ?? []) sum += run.length - 2;
    sum += 40 * (line.match(/(?=10111010000|00001011101)/g) ?? []).length;
  }
  for (let row = 1; row < SIZE; row++) {
    for (let column = 1; column < SIZE; column++) {
      const corner = grid[row][column];
      if (corner === grid[row - 1][column] && corner === grid[row][column - 1] && corner === grid[row - 1][column - 1]) sum += 3;
    }
  }
  const dark = grid.flat().filter(Boolean).length / SIZE ** 2;
  return sum + 10 * Math.floor(Math.abs(dark - 0.5) * 20);
}

/** The modules of the code, row by row, true for dark. Throws RangeError for what is no code of a card. */
export function modules(text) {
  const bits = interleaved(codewords(text)).map((word) => binary(word, 8)).join("").padEnd(SIZE ** 2, "0");
  const grids = MASKS.map((_, mask) => filled(bits, mask));
  return grids.reduce((best, grid) => (penalty(grid) < penalty(best) ? grid : best));
}
