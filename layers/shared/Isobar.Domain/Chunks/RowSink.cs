namespace Isobar.Domain;

/// <summary>Decides on each row and puts it where it belongs; without outputs it counts and aggregates only.</summary>
internal sealed class RowSink(ChunkOutputs? outputs) : ILineSink
{
    private long rows, accepted, flagged, missing, malformed;

    public MonthTable Months { get; } = new();

    public ChunkCounts Counts(long lines) => new(lines, rows, accepted, flagged, missing, malformed);

    public void Accept(ReadOnlySpan<byte> row, bool overlong, long offset, long line)
    {
        rows++;
        if (overlong)
        {
            malformed++;
            outputs?.Quarantine.WriteMalformed(row, offset, line, RowRule.RowLength);
            return;
        }

        switch (RowParser.Parse(row, out var observation, out var rule))
        {
            case RowOutcome.Accepted:
                accepted++;
                Months.Add(observation);
                if (outputs is not null) CuratedRow.Write(observation, outputs.Curated);
                break;
            case RowOutcome.Flagged:
                flagged++;
                outputs?.Quarantine.WriteFlagged(row, offset, line, observation.Quality);
                break;
            case RowOutcome.Missing:
                missing++;
                break;
            default:
                malformed++;
                outputs?.Quarantine.WriteMalformed(row, offset, line, rule);
                break;
        }
    }
}
