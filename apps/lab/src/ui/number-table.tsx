import type { JSX } from 'preact'
import type { Address } from '../core/address.ts'
import { usePage } from './context.ts'
import { Value } from './value.tsx'

/** A number of the run, with its slope where it has one. */
export interface NumberRow {
  readonly name: string
  readonly address: Address
  readonly value: number
  readonly slope: number | undefined
}

/** Numbers that can be opened, with their slopes. */
export function NumberTable({
  rows,
  print,
}: {
  readonly rows: readonly NumberRow[]
  readonly print: (value: number) => string
}): JSX.Element {
  const { table } = usePage().messages
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{table.what}</th>
          <th scope="col">{table.value}</th>
          <th scope="col">{table.slope}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, address, value, slope }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>
              <Value address={address} value={value} name={name} />
            </td>
            <td>{slope === undefined ? '' : print(slope)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
