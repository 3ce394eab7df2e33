using System.Globalization;
using Isobar.Local.Services.ApplicationAutoScaling;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.ApplicationAutoScaling;

public sealed class ScheduleTests
{
    [Theory]
    [InlineData("at(2026-11-30T08:00:00)", null, "2026-11-29T12:00:00Z", "2026-11-30T08:00:00Z")]
    [InlineData("at(2026-11-30T08:00:00)", null, "2026-11-30T08:00:00Z", null)]
    [InlineData("at(2026-11-30T08:00:00)", "Europe/Berlin", "2026-11-29T12:00:00Z", "2026-11-30T07:00:00Z")]
    [InlineData("at(2026-07-01T08:00:00)", "Europe/Berlin", "2026-06-29T12:00:00Z", "2026-07-01T06:00:00Z")]
    [InlineData("rate(5 minutes)", null, "2026-01-01T00:00:00Z", "2026-01-01T00:05:00Z")]
    [InlineData("rate(1 hour)", null, "2026-01-01T01:00:00Z", "2026-01-01T02:00:00Z")]
    [InlineData("rate(2 days)", null, "2026-01-02T23:59:59Z", "2026-01-03T00:00:00Z")]
    [InlineData("cron(0 10 * * ? *)", null, "2026-11-29T12:00:00Z", "2026-11-30T10:00:00Z")]
    [InlineData("cron(15 12 * * ? *)", null, "2026-11-29T12:00:00Z", "2026-11-29T12:15:00Z")]
    [InlineData("cron(0 18 ? * MON-FRI *)", null, "2026-11-27T18:00:00Z", "2026-11-30T18:00:00Z")]
    [InlineData("cron(0 18 ? * 2-6 *)", null, "2026-11-27T18:00:00Z", "2026-11-30T18:00:00Z")]
    [InlineData("cron(0 8 ? * 1 *)", null, "2026-11-27T18:00:00Z", "2026-11-29T08:00:00Z")]
    [InlineData("cron(0 8 ? * 7 *)", null, "2026-11-27T18:00:00Z", "2026-11-28T08:00:00Z")]
    [InlineData("cron(0 9 ? * 2#1 *)", null, "2026-11-29T12:00:00Z", "2026-12-07T09:00:00Z")]
    [InlineData("cron(0 9 ? * 6L *)", null, "2026-11-29T12:00:00Z", "2026-12-25T09:00:00Z")]
    [InlineData("cron(0 8 1 * ? *)", null, "2026-11-29T12:00:00Z", "2026-12-01T08:00:00Z")]
    [InlineData("cron(0 8 L * ? *)", null, "2026-11-29T12:00:00Z", "2026-11-30T08:00:00Z")]
    [InlineData("cron(0/10 * ? * MON-FRI *)", null, "2026-11-30T12:01:00Z", "2026-11-30T12:10:00Z")]
    [InlineData("cron(0 8 * * ? *)", "Europe/Berlin", "2026-11-29T12:00:00Z", "2026-11-30T07:00:00Z")]
    [InlineData("cron(0 8 * * ? *)", "Europe/Berlin", "2026-06-29T12:00:00Z", "2026-06-30T06:00:00Z")]
    [InlineData("cron(0 8 1 1 ? 2030)", null, "2026-11-29T12:00:00Z", "2030-01-01T08:00:00Z")]
    [InlineData("cron(0 8 1 1 ? 2028-2030)", null, "2028-11-29T12:00:00Z", "2029-01-01T08:00:00Z")]
    [InlineData("cron(0 8 1 1 ? 2027/5)", null, "2027-11-29T12:00:00Z", "2032-01-01T08:00:00Z")]
    [InlineData("cron(0 8 1 1 ? 2020,2031)", null, "2026-11-29T12:00:00Z", "2031-01-01T08:00:00Z")]
    [InlineData("cron(0 8 1 1 ? 2020)", null, "2026-11-29T12:00:00Z", null)]
    public void The_next_time_is_found(string schedule, string? zone, string after, string? next) => Assert.Equal(
        next is null ? null : Instant(next), ActionSchedule.Parse(schedule, zone).Next(
            Instant("2026-01-01T00:00:00Z"), Instant(after)));

    [Theory]
    [InlineData("at(2026-11-30)", null)]
    [InlineData("at(2026-03-29T02:30:00)", "Europe/Berlin")]
    [InlineData("rate(0 minutes)", null)]
    [InlineData("rate(5 weeks)", null)]
    [InlineData("rate(5)", null)]
    [InlineData("cron(0 10 * * *)", null)]
    [InlineData("cron(0 10 * * * *)", null)]
    [InlineData("cron(0 10 ? * ? *)", null)]
    [InlineData("cron(0 10 ? * 0 *)", null)]
    [InlineData("cron(0 10 ? * 8 *)", null)]
    [InlineData("cron(61 10 * * ? *)", null)]
    [InlineData("cron(0 10 * * ? 1969)", null)]
    [InlineData("cron(0 10 * * ? 2026/0)", null)]
    [InlineData("every day", null)]
    [InlineData("rate(5 minutes)", "Europe/Nowhere")]
    public void What_is_no_schedule_is_refused(string schedule, string? zone) =>
        Assert.Equal(
            "ValidationException", Assert.Throws<AwsException>(() => ActionSchedule.Parse(schedule, zone)).Code);

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
