import type { DataTableBlock, TableBlock } from "@slack/types";
import { Each } from "../each.tsx";
import { RichText } from "../text/rich-text.tsx";
import { PlainText } from "../text/text-object.tsx";

type Cell = TableBlock["rows"][number][number];

/** The first row is the heading, as in Slack: https://docs.slack.dev/reference/block-kit/blocks/table-block */
export function Table({ block }: { block: TableBlock | DataTableBlock }) {
  const [heading = [], ...rows] = block.rows;
  const column = (index: number) => {
    const settings = block.type === "table" ? block.column_settings?.[index] : undefined;
    return [`align-${settings?.align ?? "left"}`, settings?.is_wrapped ? "wrapped" : ""].join(" ").trim();
  };
  return (
    <div class="block-table">
      <table>
        {block.type === "data_table" && <caption>{block.caption}</caption>}
        <thead>
          <tr>
            <Each of={heading}>
              {(cell, index) => (
                <th scope="col" class={column(index)}>
                  <CellText cell={cell} />
                </th>
              )}
            </Each>
          </tr>
        </thead>
        <tbody>
          <Each of={rows}>
            {(row) => (
              <tr>
                <Each of={row}>
                  {(cell, index) => (
                    <td class={column(index)}>
                      <CellText cell={cell} />
                    </td>
                  )}
                </Each>
              </tr>
            )}
          </Each>
        </tbody>
      </table>
    </div>
  );
}

function CellText({ cell }: { cell: Cell }) {
  if (cell.type === "rich_text") return <RichText block={cell} />;
  if (cell.type === "raw_number") return <>{cell.text ?? String(cell.value)}</>;
  return <PlainText text={cell.text} />;
}
