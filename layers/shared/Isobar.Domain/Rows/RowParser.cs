namespace Isobar.Domain;

/// <summary>Classifies one row, without its line end.</summary>
public static class RowParser
{
    /// <summary>The longest row that can be well formed, without its line end.</summary>
    public const int MaxRowBytes = 4096;

    /// <summary>Reads a row; nothing is allocated.</summary>
    /// <param name="row">The row without LF and without the CR before it; not empty.</param>
    /// <param name="observation">Complete unless the outcome is malformed.</param>
    /// <param name="rule">The first rule that a malformed row breaks.</param>
    public static RowOutcome Parse(ReadOnlySpan<byte> row, out Observation observation, out RowRule rule)
    {
        rule = RowRule.None;
        if (!CommonRow.TryRead(row, out observation))
        {
            rule = AnyRow.Read(row, out observation);
            if (rule != RowRule.None) return RowOutcome.Malformed;
        }

        if (observation.Value == Observation.MissingValue) return RowOutcome.Missing;
        return observation.Quality.IsEmpty ? RowOutcome.Accepted : RowOutcome.Flagged;
    }
}
