using Isobar.Local.Services;
using Isobar.Local.Services.CloudWatch.Alarms;
using Isobar.Local.Services.CloudWatch.Data;

namespace Isobar.Local.Tests.Services.CloudWatch;

/// <summary>The two tables of AWS's page about missing data, and M of N.</summary>
/// <remarks>
/// Source: Amazon CloudWatch User Guide, "Configuring how CloudWatch alarms treat missing data". X is breaching, 0 is
/// not, - is missing; the newest is on the right.
/// </remarks>
public sealed class AlarmRulesTests
{
    private const string Keep = "keep";

    [Theory]
    [InlineData("0-X-X", 3, "OK", "OK", "OK", "OK")]
    [InlineData("0----", 3, "OK", "OK", "OK", "OK")]
    [InlineData("-----", 3, "INSUFFICIENT_DATA", Keep, "ALARM", "OK")]
    [InlineData("0XX-X", 3, "ALARM", "ALARM", "ALARM", "ALARM")]
    [InlineData("--X--", 3, "ALARM", Keep, "ALARM", "OK")]
    [InlineData("0-X-X", 2, "ALARM", "ALARM", "ALARM", "ALARM")]
    [InlineData("00X0X", 2, "ALARM", "ALARM", "ALARM", "ALARM")]
    [InlineData("0-X--", 2, "OK", "OK", "ALARM", "OK")]
    [InlineData("-----", 2, "INSUFFICIENT_DATA", Keep, "ALARM", "OK")]
    [InlineData("----0", 2, "OK", "OK", "ALARM", "OK")]
    [InlineData("---X-", 2, "ALARM", Keep, "ALARM", "OK")]
    public void Missing_data_are_treated_as_in_the_tables_of_AWS(
        string datapoints, int needed, string missing, string ignore, string breaching, string notBreaching)
    {
        Assert.Equal(missing, Judge(datapoints, needed, "missing"));
        Assert.Equal(missing, Judge(datapoints, needed, null));
        Assert.Equal(ignore, Judge(datapoints, needed, "ignore"));
        Assert.Equal(breaching, Judge(datapoints, needed, "breaching"));
        Assert.Equal(notBreaching, Judge(datapoints, needed, "notBreaching"));
    }

    [Fact]
    public void A_lone_new_breaching_datapoint_is_no_alarm_before_it_is_old_enough()
    {
        Assert.Equal(Keep, Judge("----X", 3, "missing"));
        Assert.Equal(Keep, Judge("---X-", 3, "missing"));
        Assert.Equal("ALARM", Judge("--X--", 3, "missing"));
    }

    [Theory]
    [InlineData("GreaterThanThreshold", 1, false)]
    [InlineData("GreaterThanOrEqualToThreshold", 1, true)]
    [InlineData("LessThanThreshold", 1, false)]
    [InlineData("LessThanOrEqualToThreshold", 1, true)]
    [InlineData("GreaterThanThreshold", 1.5, true)]
    [InlineData("LessThanThreshold", 0.5, true)]
    public void A_value_is_compared_as_the_operator_says(string comparison, double value, bool isBreaching) =>
        Assert.Equal(isBreaching, AlarmRules.IsBreaching(Alarm(1, 1) with { ComparisonOperator = comparison }, value));

    [Fact]
    public void A_percentile_of_too_few_samples_keeps_the_state_where_the_alarm_ignores_them()
    {
        var alarm = Alarm(1, 1) with { Statistic = "p90", EvaluateLowSampleCountPercentile = "ignore" };
        AlarmDatapoint[] few = [new(0, 5, 99)];
        AlarmDatapoint[] enough = [new(0, 5, 101)];

        Assert.Null(AlarmRules.Judge(alarm, few).State);
        Assert.Equal(AlarmState.Alarm, AlarmRules.Judge(alarm, enough).State);
        Assert.Equal(AlarmState.Alarm,
            AlarmRules.Judge(alarm with { EvaluateLowSampleCountPercentile = null }, few).State);
    }

    [Fact]
    public void The_reason_names_the_datapoints_the_threshold_and_the_missing_ones()
    {
        var alarm = Alarm(1, 1);
        Assert.Equal(
            "Threshold Crossed: 1 datapoint [5.0 (12/01/26 15:39:00)] was greater than the threshold (1.0).",
            AlarmRules.Judge(alarm, [new AlarmDatapoint(1_768_232_340, 5, 1)]).Reason);
        Assert.Equal("Insufficient Data: 1 datapoint was unknown.",
            AlarmRules.Judge(alarm, [new AlarmDatapoint(0, null, 0)]).Reason);
        Assert.Equal(
            "Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as "
            + "[NonBreaching].",
            AlarmRules.Judge(
                alarm with { TreatMissingData = "notBreaching" }, [new AlarmDatapoint(0, null, 0)]).Reason);
    }

    [Fact]
    public void The_range_holds_the_periods_that_have_ended_newest_first()
    {
        var values = new Distribution();
        values.Add(7);
        var looked = AlarmRules.Look(Alarm(1, 1), new SortedList<long, Distribution> { [540] = values }, 600);

        Assert.Equal([540L, 480L, 420L], looked.Select(point => point.At));
        Assert.Equal([7.0, null, null], looked.Select(point => point.Value));
    }

    private static AlarmDefinition Alarm(int periods, int needed) => new(
        "errors", new Metric("app", "errors"), "Sum", TimeSpan.FromMinutes(1), periods, 1, "GreaterThanThreshold")
    {
        DatapointsToAlarm = needed,
    };

    private static string Judge(string datapoints, int needed, string? treatment)
    {
        var looked = datapoints.Reverse().Select((letter, i) => new AlarmDatapoint(
            600 - (60 * i), letter switch { 'X' => 2, '0' => 0, _ => null }, 1)).ToList();
        var verdict = AlarmRules.Judge(Alarm(3, needed) with { TreatMissingData = treatment }, looked);
        return verdict.State is { } state ? AlarmTexts.Of(state) : Keep;
    }
}
