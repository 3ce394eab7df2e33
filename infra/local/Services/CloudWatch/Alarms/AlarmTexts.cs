using System.Globalization;

namespace Isobar.Local.Services.CloudWatch.Alarms;

/// <summary>The words of alarms: states, and reasons as AWS gives them.</summary>
internal static class AlarmTexts
{
    public const string Created = "Unchecked: Initial alarm creation";

    public static string Of(AlarmState state) => state switch
    {
        AlarmState.Ok => "OK",
        AlarmState.Alarm => "ALARM",
        _ => "INSUFFICIENT_DATA",
    };

    public static AlarmState? Parse(string? text) => text switch
    {
        "OK" => AlarmState.Ok,
        "ALARM" => AlarmState.Alarm,
        "INSUFFICIENT_DATA" => AlarmState.InsufficientData,
        _ => null,
    };

    public static string Unknown(int missing) => missing == 1
        ? "Insufficient Data: 1 datapoint was unknown."
        : $"Insufficient Data: {missing} datapoints were unknown.";

    /// <param name="treated">Missing datapoints that were treated as breaching or not.</param>
    public static string Crossed(
        AlarmDefinition alarm, IReadOnlyList<AlarmDatapoint> real, bool isAlarm, int breaching, int treated)
    {
        var missing = treated == 0 ? "" : string.Create(CultureInfo.InvariantCulture,
            $"{treated} missing datapoint{(treated == 1 ? " was" : "s were")} treated as [{Treatment(alarm)}]");
        if (real.Count == 0)
            return $"Threshold Crossed: no datapoints were received for {Many(treated, "period")} and {missing}.";
        var some = alarm.DatapointsToAlarm < alarm.EvaluationPeriods && isAlarm;
        var shown = some ? real.Where(point => AlarmRules.IsBreaching(alarm, point.Value!.Value)).ToList() : real;
        var listed = string.Join(", ", shown.Select(point => string.Create(CultureInfo.InvariantCulture,
            $"{Number(point.Value!.Value)} ({DateTimeOffset.FromUnixTimeSeconds(point.At):dd/MM/yy HH:mm:ss})")));
        var verb = (shown.Count == 1 ? "was" : "were") + (isAlarm ? "" : " not");
        var head = some
            ? $"{breaching} out of the last {alarm.EvaluationPeriods} datapoints [{listed}]"
            : $"{Many(shown.Count, "datapoint")} [{listed}]";
        var tail = some
            ? $" (minimum {Many(alarm.DatapointsToAlarm, "datapoint")} for OK -> ALARM transition)"
            : "";
        return $"Threshold Crossed: {head} {verb} {Operator(alarm)} the threshold ({Number(alarm.Threshold)}){tail}"
            + (missing.Length > 0 ? $" and {missing}." : ".");
    }

    /// <summary>A number with a fraction, as AWS writes it: <c>5.0</c>.</summary>
    public static string Number(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.All(c => char.IsAsciiDigit(c) || c == '-') ? text + ".0" : text;
    }

    private static string Treatment(AlarmDefinition alarm) =>
        alarm.TreatMissingData == "breaching" ? "Breaching" : "NonBreaching";

    private static string Many(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private static string Operator(AlarmDefinition alarm) => alarm.ComparisonOperator switch
    {
        "GreaterThanThreshold" => "greater than",
        "GreaterThanOrEqualToThreshold" => "greater than or equal to",
        "LessThanThreshold" => "less than",
        _ => "less than or equal to",
    };
}
