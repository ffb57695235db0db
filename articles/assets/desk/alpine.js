/* Reads the expressions in Unfold's attributes without eval.

   Alpine compiles `x-show="open"` with the Function constructor, which the desk's content
   policy refuses: a policy that allows it would also run whatever an attacker slips into a
   page. So the desk gives Alpine this small interpreter instead. It knows as much JavaScript
   as Unfold's templates use: literals, names, members, calls, operators, assignments, arrow
   functions of one parameter, statements after one another, and `if`. */
"use strict";
{
  const TOKEN =
    /\s*(?:(?<number>\d+(?:\.\d+)?)|(?<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?<name>[A-Za-z_$][\w$]*)|(?<sign>===|!==|==|!=|<=|>=|=>|&&|\|\||[-+*/%<>=!?:;,.()[\]{}]))/y;

  const CONSTANTS = new Map([
    ["true", true],
    ["false", false],
    ["null", null],
    ["undefined", undefined],
  ]);

  // What an expression may reach outside its component: this and nothing else of the page.
  const GLOBALS = new Map([
    ["getCurrentTab", () => getCurrentTab],
    ["localStorage", () => localStorage],
    ["moveRecords", () => moveRecords],
    ["searchCommand", () => searchCommand],
    ["searchDropdown", () => searchDropdown],
    ["searchForm", () => searchForm],
    ["sortRecords", () => sortRecords],
    ["theme", () => theme],
    ["window", () => ({ location: window.location })],
  ]);

  // The ways from any object to the Function constructor.
  const FORBIDDEN = new Set(["constructor", "prototype", "__proto__"]);

  const OPERATORS = [
    { "||": (left, right) => left() || right() },
    { "&&": (left, right) => left() && right() },
    {
      "===": (left, right) => left() === right(),
      "!==": (left, right) => left() !== right(),
      "==": (left, right) => left() == right(),
      "!=": (left, right) => left() != right(),
    },
    {
      "<": (left, right) => left() < right(),
      ">": (left, right) => left() > right(),
      "<=": (left, right) => left() <= right(),
      ">=": (left, right) => left() >= right(),
    },
    {
      "+": (left, right) => left() + right(),
      "-": (left, right) => left() - right(),
    },
    {
      "*": (left, right) => left() * right(),
      "/": (left, right) => left() / right(),
      "%": (left, right) => left() % right(),
    },
  ];

  function tokensOf(source) {
    const tokens = [];
    const text = source.trimEnd();
    TOKEN.lastIndex = 0;
    while (TOKEN.lastIndex < text.length) {
      const at = TOKEN.lastIndex;
      const match = TOKEN.exec(text);
      if (!match) {
        throw new SyntaxError(`cannot read ${text.slice(at, at + 20)}`);
      }
      const [kind, value] = Object.entries(match.groups).find(([, part]) => part !== undefined);
      tokens.push({ kind, value });
    }
    return tokens;
  }

  function permitted(name) {
    if (FORBIDDEN.has(name)) {
      throw new TypeError(`${name} is not for expressions`);
    }
    return name;
  }

  function variable(name) {
    permitted(name);
    return {
      read(scope) {
        if (name in scope) return scope[name];
        if (GLOBALS.has(name)) return GLOBALS.get(name)();
        throw new ReferenceError(`${name} is not defined`);
      },
      write(scope, value) {
        scope[name] = value;
      },
      // A component's own function finds its component in `this`.
      owner: (scope) => scope,
    };
  }

  function member(object, key) {
    return {
      read: (scope) => object.read(scope)[permitted(key(scope))],
      write(scope, value) {
        object.read(scope)[permitted(key(scope))] = value;
      },
      owner: (scope) => object.read(scope),
    };
  }

  function call(callee, parameters) {
    return {
      read(scope) {
        const called = callee.read(scope);
        const values = parameters.map((parameter) => parameter.read(scope));
        return called.apply(callee.owner?.(scope), values);
      },
    };
  }

  class Parser {
    constructor(source) {
      this.tokens = tokensOf(source);
      this.at = 0;
    }

    /* Return a function from scope to the value of the last statement. */
    program() {
      const statements = [];
      while (this.at < this.tokens.length) {
        if (!this.accepts(";")) statements.push(this.statement());
      }
      return (scope) => statements.reduce((_, statement) => statement.read(scope), undefined);
    }

    statement() {
      if (this.peek()?.kind === "name" && this.accepts("if")) return this.condition();
      const expression = this.expression();
      if (this.at < this.tokens.length && !this.sees("}") && !this.sees("else")) this.expect(";");
      return expression;
    }

    condition() {
      this.expect("(");
      const test = this.expression();
      this.expect(")");
      const whenTrue = this.branch();
      const whenFalse = this.accepts("else") ? this.branch() : [];
      return {
        read(scope) {
          for (const statement of test.read(scope) ? whenTrue : whenFalse) statement.read(scope);
        },
      };
    }

    branch() {
      if (!this.accepts("{")) return [this.statement()];
      const statements = [];
      while (!this.accepts("}")) {
        if (!this.accepts(";")) statements.push(this.statement());
      }
      return statements;
    }

    expression() {
      if (this.peek()?.kind === "name" && this.tokens[this.at + 1]?.value === "=>") {
        return this.arrow();
      }
      const target = this.choice();
      if (!this.accepts("=")) return target;
      if (!target.write) throw new SyntaxError("only names and members can be assigned");
      const source = this.expression();
      return {
        read(scope) {
          const value = source.read(scope);
          target.write(scope, value);
          return value;
        },
      };
    }

    arrow() {
      const parameter = this.next().value;
      this.expect("=>");
      const body = this.expression();
      return {
        read: (scope) => (value) =>
          body.read(Alpine.mergeProxies([{ [parameter]: value }, scope])),
      };
    }

    choice() {
      const test = this.operation(0);
      if (!this.accepts("?")) return test;
      const whenTrue = this.expression();
      this.expect(":");
      const whenFalse = this.expression();
      return { read: (scope) => (test.read(scope) ? whenTrue : whenFalse).read(scope) };
    }

    operation(level) {
      if (level === OPERATORS.length) return this.prefixed();
      let left = this.operation(level + 1);
      while (this.peek()?.kind === "sign" && Object.hasOwn(OPERATORS[level], this.peek().value)) {
        const operate = OPERATORS[level][this.next().value];
        const [first, second] = [left, this.operation(level + 1)];
        left = {
          read: (scope) => operate(() => first.read(scope), () => second.read(scope)),
        };
      }
      return left;
    }

    prefixed() {
      if (this.accepts("!")) {
        const operand = this.prefixed();
        return { read: (scope) => !operand.read(scope) };
      }
      if (this.accepts("-")) {
        const operand = this.prefixed();
        return { read: (scope) => -operand.read(scope) };
      }
      return this.chain();
    }

    chain() {
      let value = this.primary();
      for (;;) {
        if (this.accepts(".")) {
          const name = this.next("name").value;
          value = member(value, () => name);
        } else if (this.accepts("[")) {
          const key = this.expression();
          this.expect("]");
          value = member(value, (scope) => key.read(scope));
        } else if (this.accepts("(")) {
          value = call(value, this.list(")"));
        } else {
          return value;
        }
      }
    }

    primary() {
      if (this.accepts("(")) {
        const inner = this.expression();
        this.expect(")");
        return inner;
      }
      if (this.accepts("[")) {
        const items = this.list("]");
        return { read: (scope) => items.map((item) => item.read(scope)) };
      }
      if (this.accepts("{")) return this.object();
      const { kind, value } = this.next();
      if (kind === "number") return { read: () => Number(value) };
      if (kind === "text") {
        const text = value.slice(1, -1).replace(/\\(.)/g, "$1");
        return { read: () => text };
      }
      if (kind === "name") {
        return CONSTANTS.has(value) ? { read: () => CONSTANTS.get(value) } : variable(value);
      }
      throw new SyntaxError(`${value} is not expected here`);
    }

    object() {
      const entries = [];
      while (!this.accepts("}")) {
        const { kind, value } = this.next();
        const key = permitted(kind === "text" ? value.slice(1, -1) : value);
        this.expect(":");
        entries.push([key, this.expression()]);
        if (!this.sees("}")) this.expect(",");
      }
      return {
        read: (scope) => Object.fromEntries(entries.map(([key, item]) => [key, item.read(scope)])),
      };
    }

    list(end) {
      const items = [];
      while (!this.accepts(end)) {
        items.push(this.expression());
        if (!this.sees(end)) this.expect(",");
      }
      return items;
    }

    peek() {
      return this.tokens[this.at];
    }

    sees(value) {
      return this.peek()?.value === value && this.peek().kind !== "text";
    }

    accepts(value) {
      const seen = this.sees(value);
      if (seen) this.at += 1;
      return seen;
    }

    expect(value) {
      if (!this.accepts(value)) {
        throw new SyntaxError(`${value} is expected, not ${this.peek()?.value ?? "the end"}`);
      }
    }

    next(kind) {
      const token = this.tokens[this.at];
      if (!token || (kind && token.kind !== kind)) throw new SyntaxError("ends too early");
      this.at += 1;
      return token;
    }
  }

  const programs = new Map();

  function programOf(expression) {
    if (!programs.has(expression)) programs.set(expression, new Parser(expression).program());
    return programs.get(expression);
  }

  /* What Alpine asks for: a function that evaluates the attribute and hands over the value.
     Alpine's own magics ($watch, $refs …) live in every component; only $el is this element's. */
  function evaluator(element, expression) {
    const stack = [{ $el: element }, ...Alpine.closestDataStack(element)];
    return (receive = () => {}, { scope = {}, params = [] } = {}) => {
      const merged = Alpine.mergeProxies([scope, ...stack]);
      try {
        const program = typeof expression === "function" ? expression : programOf(expression);
        let value =
          program === expression ? expression.apply(merged, params) : program(merged);
        if (typeof value === "function") value = value.apply(merged, params);
        receive(value);
      } catch (error) {
        console.error(`${error.message} in ${expression}`, element);
      }
    };
  }

  document.addEventListener("alpine:init", () => Alpine.setEvaluator(evaluator));
}
