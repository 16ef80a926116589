// Functions whose last bits the language leaves to the engine. Everything that decides numbers uses src/math instead.
const UNPORTABLE = new Set(
  ['exp', 'expm1', 'log', 'log1p', 'log2', 'log10', 'pow', 'hypot', 'cbrt']
    .concat(['sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'atan2'])
    .concat(['sinh', 'cosh', 'tanh', 'asinh', 'acosh', 'atanh']),
)

const FIX = 'JavaScript engines disagree about its last bits; use the portable version of src/math.'

// The linter passes syntax trees whose types it does not publish, hence `any` below.

/** @param {any} node @param {any} key @returns {string | undefined} */
function propertyName(node, key) {
  if (!node.computed && key.type === 'Identifier') return key.name
  return key.type === 'Literal' ? String(key.value) : undefined
}

const portableMath = {
  meta: { type: 'problem', docs: { description: 'Ban the functions whose result depends on the JavaScript engine.' } },
  create(/** @type {any} */ context) {
    const check = (/** @type {any} */ node, /** @type {any} */ key) => {
      const name = propertyName(node, key)
      if (name === 'random') {
        context.report({ node, message: 'Math.random has no seed; use the counter-based generator.' })
      }
      if (name !== undefined && UNPORTABLE.has(name)) context.report({ node, message: `Math.${name}: ${FIX}` })
    }
    const power = (/** @type {any} */ node) => {
      if (node.operator === '**' || node.operator === '**=') {
        context.report({ node, message: `The ** operator: ${FIX} For an integer exponent, multiply.` })
      }
    }
    return {
      MemberExpression(/** @type {any} */ node) {
        if (node.object.type === 'Identifier' && node.object.name === 'Math') check(node, node.property)
      },
      VariableDeclarator(/** @type {any} */ node) {
        if (node.id.type !== 'ObjectPattern' || node.init?.type !== 'Identifier' || node.init.name !== 'Math') return
        for (const property of node.id.properties) if (property.type === 'Property') check(property, property.key)
      },
      BinaryExpression: power,
      AssignmentExpression: power,
    }
  },
}

export default { meta: { name: 'neurite' }, rules: { 'portable-math': portableMath } }
