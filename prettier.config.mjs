export default {
    plugins: ["@prettier/plugin-xml"],
    printWidth: 88,
    tabWidth: 4,
    bracketSpacing: false,
    xmlWhitespaceSensitivity: "preserve",
    overrides: [{files: ["*.{json,md,yaml,yml}"], options: {tabWidth: 2}}],
};
