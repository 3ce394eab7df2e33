namespace Isobar.Domain;

/// <summary>One row that is not malformed.</summary>
public struct Observation
{
    /// <summary>The station.</summary>
    public StationId Station;

    /// <summary>What was observed.</summary>
    public ElementCode Element;

    /// <summary>Year, 1700 to 2199.</summary>
    public int Year;

    /// <summary>Month, 1 to 12.</summary>
    public int Month;

    /// <summary>Day of the month, from 1.</summary>
    public int Day;

    /// <summary>The number as in the file, −999,999 to 999,999, in the file's unit (<see cref="Measure"/>).</summary>
    public int Value;

    /// <summary>M_FLAG.</summary>
    public Flag Measurement;

    /// <summary>Q_FLAG: not empty means that the value failed a quality check.</summary>
    public Flag Quality;

    /// <summary>S_FLAG.</summary>
    public Flag Source;

    /// <summary>OBS_TIME as a number, 0 to 2400; <see cref="NoTime"/> when empty, blank or absent.</summary>
    public int Time;

    /// <summary>The value of <see cref="Time"/> when the row has none.</summary>
    public const int NoTime = -1;

    /// <summary>The value that means "missing" in the file.</summary>
    public const int MissingValue = -9999;
}

/// <summary>What becomes of a row; each row has exactly one outcome.</summary>
public enum RowOutcome
{
    /// <summary>Curated and aggregated.</summary>
    Accepted,

    /// <summary>A quality check failed at the source: to quarantine.</summary>
    Flagged,

    /// <summary>The value is −9999: counted, written nowhere.</summary>
    Missing,

    /// <summary>Breaks a rule of the format: to quarantine.</summary>
    Malformed,
}
