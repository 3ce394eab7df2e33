namespace Isobar.Local.Services.CodeDeploy.Operations;

/// <summary>Shapes that several operations share. Times are seconds since 1970, with milliseconds.</summary>
internal static class Shapes
{
    public const string Lambda = "Lambda";

    public static decimal Seconds(DateTimeOffset at) => Math.Round(at.ToUnixTimeMilliseconds() / 1_000m, 3);

    public static decimal? Seconds(DateTimeOffset? at) => at is { } given ? Seconds(given) : null;
}

internal sealed record ListRequest(string? NextToken);

internal sealed record AlarmShape(string? Name);

internal sealed record AlarmConfigurationShape(
    bool? Enabled, bool? IgnorePollAlarmFailure, IReadOnlyList<AlarmShape>? Alarms)
{
    public static AlarmConfigurationShape Of(WatchedAlarms alarms) => new(
        alarms.Enabled, alarms.IgnorePollFailure, [.. alarms.Names.Select(name => new AlarmShape(name))]);

    public WatchedAlarms ToAlarms() => new(
        Enabled is true, IgnorePollAlarmFailure is true, [.. (Alarms ?? []).Select(alarm => alarm.Name ?? "")]);
}

internal sealed record AutoRollbackShape(bool? Enabled, IReadOnlyList<string>? Events)
{
    public static AutoRollbackShape Of(AutoRollback rollback) => new(rollback.Enabled, rollback.Events);

    public AutoRollback ToRollback() => new(Enabled is true, Events ?? []);
}

internal sealed record DeploymentStyleShape(string DeploymentType, string DeploymentOption)
{
    /// <summary>The one that deployments to Lambda have.</summary>
    public static readonly DeploymentStyleShape Lambda = new("BLUE_GREEN", "WITH_TRAFFIC_CONTROL");
}

/// <param name="String">The content in the older of the two forms.</param>
internal sealed record RevisionShape(string? RevisionType, ContentShape? String, ContentShape? AppSpecContent)
{
    public static RevisionShape Of(AppSpec revision) =>
        new("AppSpecContent", null, new ContentShape(revision.Content, revision.Sha256));
}

internal sealed record ContentShape(string? Content, string? Sha256);
