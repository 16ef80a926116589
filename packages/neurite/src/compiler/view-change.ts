import type { Node, PermuteAttributes, SliceAttributes, WindowsAttributes } from '../graph/node.ts'
import { expandView, permuteView, reshapeView, sliceView, type View, windowsView } from './view.ts'

/** What a view node does to the view of what it reads; undefined where that needs a copy. */
export function viewChange(node: Node): (view: View) => View | undefined {
  const { operation, attributes, shape } = node
  if (operation.kind !== 'view') throw new Error('compiler: not a view')
  switch (operation.view) {
    case 'reshape':
      return (view) => reshapeView(view, shape)
    case 'permute': {
      const { order } = attributes as PermuteAttributes
      return (view) => permuteView(view, order)
    }
    case 'expand':
      return (view) => expandView(view, shape)
    case 'slice':
      return (view) => sliceView(view, attributes as SliceAttributes)
    case 'windows':
      return (view) => windowsView(view, attributes as WindowsAttributes)
  }
}
