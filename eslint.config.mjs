import globals from "globals";
import js from "@eslint/js";

// What Odoo's pages always have; other libraries are named where they are loaded.
const odooGlobals = {odoo: "readonly", luxon: "readonly"};

export default [
    {ignores: ["build/", "node_modules/", "**/static/lib/"]},
    js.configs.recommended,
    {
        languageOptions: {
            ecmaVersion: 2024,
            sourceType: "module",
            globals: {...globals.browser, ...odooGlobals},
        },
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
            "no-use-before-define": ["error", {functions: false}],
            "no-useless-concat": "error",
            "no-var": "error",
            "object-shorthand": "error",
            "prefer-const": "error",
            "prefer-template": "error",
            yoda: "error",
        },
    },
];
