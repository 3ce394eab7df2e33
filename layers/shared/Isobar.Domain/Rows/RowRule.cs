namespace Isobar.Domain;

/// <summary>The rule that a malformed row breaks: the first one, in this order.</summary>
public enum RowRule
{
    /// <summary>None: the row is well formed.</summary>
    None,

    /// <summary>The row is over <see cref="RowParser.MaxRowBytes"/> bytes.</summary>
    RowLength,

    /// <summary>
    /// The row begins with <c>ID,</c>: a header that is not at offset 0, or one whose line ends in CR alone.
    /// </summary>
    RowHeader,

    /// <summary>Neither 7 nor 8 fields.</summary>
    RowFields,

    /// <summary>ID is not 11 characters.</summary>
    IdLength,

    /// <summary>ID holds a character outside A–Z, 0–9, <c>_</c>, <c>-</c>.</summary>
    IdCharacters,

    /// <summary>DATE is not 8 digits.</summary>
    DateFormat,

    /// <summary>The year is outside 1700 to 2199.</summary>
    DateYear,

    /// <summary>No such day in the calendar.</summary>
    DateCalendar,

    /// <summary>ELEMENT is not 4 characters.</summary>
    ElementLength,

    /// <summary>ELEMENT holds a character outside A–Z, 0–9.</summary>
    ElementCharacters,

    /// <summary>DATA_VALUE is not <c>-?[0-9]{1,6}</c>.</summary>
    ValueFormat,

    /// <summary>M_FLAG is more than one character.</summary>
    MeasurementFlagLength,

    /// <summary>Q_FLAG is more than one character.</summary>
    QualityFlagLength,

    /// <summary>S_FLAG is more than one character.</summary>
    SourceFlagLength,

    /// <summary>OBS_TIME is neither empty, nor blank, nor 4 digits.</summary>
    TimeFormat,

    /// <summary>OBS_TIME is after 2400.</summary>
    TimeRange,
}

/// <summary>The reasons as quarantine lines and job pages show them.</summary>
public static class RowRules
{
    private static readonly string[] Reasons =
    [
        "", "row:length", "row:header", "row:fields", "id:length", "id:characters", "date:format", "date:year",
        "date:calendar", "element:length", "element:characters", "value:format", "m_flag:length", "q_flag:length",
        "s_flag:length", "time:format", "time:range",
    ];

    /// <summary>Names the field and the rule, for example <c>date:calendar</c>.</summary>
    public static string Reason(this RowRule rule) => Reasons[(int)rule];
}
