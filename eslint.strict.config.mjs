/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

// What `make lint` asks of the front end: the rules of the OCA's template, those of
// eslint itself, and our own.
import js from "@eslint/js";
import oca from "./eslint.config.cjs";

export default [
  js.configs.recommended,
  ...oca,
  {
    files: ["*.mjs"],
    languageOptions: {sourceType: "module"},
  },
  {
    linterOptions: {reportUnusedDisableDirectives: "error"},
    rules: {
      "array-callback-return": "error",
      "block-scoped-var": "error",
      complexity: ["error", 15],
      "default-case-last": "error",
      "dot-notation": "error",
      eqeqeq: "error",
      "no-alert": "error",
      "no-console": ["error", {allow: ["error", "warn"]}],
      "no-else-return": "error",
      "no-eval": "error",
      "no-implicit-coercion": ["error", {allow: ["!!"]}],
      "no-param-reassign": "error",
      "no-shadow": "error",
      "no-throw-literal": "error",
      "no-unneeded-ternary": "error",
      "no-unused-expressions": "error",
      "no-useless-concat": "error",
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "prefer-template": "error",
      yoda: "error",
    },
  },
];
