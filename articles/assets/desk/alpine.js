/* Reads the expressions in Unfold's attributes without eval.

   Alpine compiles `x-show="open"` with the Function constructor, which the desk's content
   policy refuses: a policy that allows it would also run whatever an attacker slips into a
   page. So the desk gives Alpine this small interpreter instead. It knows as much JavaScript
   as Unfold's templates use: literals, names, members, calls, operators, assignments, arrow
   functions of one parameter, statements after one another, and `if`. Whatever else it meets
   it refuses with an error in the console; it never guesses. */
"use strict";
{
  const TOKEN =
    /\s*(?:(?<number>\d+(?:\.\d+)?)|(?<text>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")|(?<name>[A-Za-z_$][\w$]*)|(?<sign>===|!==|==|!=|<=|>=|=>|&&|\|\||\+\+|--|[-+*/%<>=!?:;,.()[\]{}]))/y;

  const ESCAPES = new Map([
    ["b", "\b"],
    ["f", "\f"],
    ["n", "\n"],
    ["r", "\r"],
    ["t", "\t"],
    ["v", "\v"],
  ]);

  const CONSTANTS = new Map([
    ["true", true],
    ["false", false],
    ["null", null],
    ["undefined", undefined],
  ]);

  // Of the window its address; an unknown member is an error, not undefined.
  const WINDOW = new Proxy(Object.freeze({ location: window.location }), {
    get(target, name) {
      if (Object.hasOwn(target, name)) return target[name];
      throw new ReferenceError(`window.${String(name)} is not defined`);
    },
  });

  // The globals an expression may name: Unfold's functions, and what their arguments need.
  const GLOBALS = new Map([
    ["getCurrentTab", () => getCurrentTab],
    ["localStorage", () => localStorage],
    ["moveRecords", () => moveRecords],
    ["searchCommand", () => searchCommand],
    ["searchDropdown", () => searchDropdown],
    ["searchForm", () => searchForm],
    ["sortRecords", () => sortRecords],
    ["theme", () => theme],
    ["window", () => WINDOW],
  ]);

  // The ways from any object to the Function constructor.
  const FORBIDDEN = new Set([
    "constructor",
    "prototype",
    "__proto__",
    "__defineGetter__",
    "__defineSetter__",
    "__lookupGetter__",
    "__lookupSetter__",
  ]);

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
      const [kind, part] = Object.entries(match.groups).find(([, found]) => found !== undefined);
      tokens.push({ kind, value: kind === "text" ? unescaped(part.slice(1, -1)) : part });
    }
    return tokens;
  }

  function unescaped(text) {
    return text.replace(
      /\\(?:u([\da-fA-F]{4})|x([\da-fA-F]{2})|(.))/g,
      (escape, unit, byte, character) => {
        if (unit ?? byte) return String.fromCharCode(parseInt(unit ?? byte, 16));
        if (/[\dux]/.test(character)) throw new SyntaxError(`cannot read ${escape}`);
        return ESCAPES.get(character) ?? character;
      },
    );
  }

  /* Return the key as the text that the language would make of it, once: an array of one
     forbidden name is that name. */
  function permitted(key) {
    const name = String(key);
    if (FORBIDDEN.has(name)) {
      throw new TypeError(`${name} is not for expressions`);
    }
    return name;
  }

  /* Refuse every window and document, from which the rest of the page can be reached. They are
     known by their members: those of a frame are not instances of this page's classes. */
  function admitted(value) {
    const held = Object(value);
    if (held.window === held || held.nodeType === Node.DOCUMENT_NODE) {
      throw new TypeError("the page is not for expressions");
    }
    return value;
  }

  // What can be called has `found`: the function, and the owner that it will know as `this`.
  function variable(name) {
    permitted(name);
    return {
      read(scope) {
        if (name in scope) return admitted(scope[name]);
        if (GLOBALS.has(name)) return GLOBALS.get(name)();
        throw new ReferenceError(`${name} is not defined`);
      },
      write(scope, value) {
        scope[name] = value;
      },
      found(scope) {
        return { owner: scope, called: this.read(scope) };
      },
    };
  }

  function member(object, key) {
    return {
      read(scope) {
        return this.found(scope).called;
      },
      write(scope, value) {
        object.read(scope)[permitted(key(scope))] = value;
      },
      found(scope) {
        const owner = object.read(scope);
        return { owner, called: admitted(owner[permitted(key(scope))]) };
      },
    };
  }

  function call(callee, parameters) {
    return {
      read(scope) {
        const { owner, called } = callee.found?.(scope) ?? { called: callee.read(scope) };
        const values = parameters.map((parameter) => parameter.read(scope));
        return admitted(Reflect.apply(called, owner, values));
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
      if (this.sees("{")) throw new SyntaxError("a function is one expression here");
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
      if (kind === "text") return { read: () => value };
      if (kind === "name") {
        return CONSTANTS.has(value) ? { read: () => CONSTANTS.get(value) } : variable(value);
      }
      throw new SyntaxError(`${value} is not expected here`);
    }

    object() {
      const entries = [];
      while (!this.accepts("}")) {
        const { kind, value } = this.next();
        if (kind === "sign") throw new SyntaxError(`${value} is not expected here`);
        const key = permitted(value);
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
      if (!token) throw new SyntaxError("ends too early");
      if (kind && token.kind !== kind) throw new SyntaxError(`${token.value} is not expected here`);
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
