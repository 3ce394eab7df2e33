namespace Isobar.Local.Services.CodeDeploy;

/// <summary>How traffic is shifted: in one step, in two (canary), or in equal ones (linear).</summary>
/// <param name="Id">A UUID.</param>
/// <param name="Type"><c>AllAtOnce</c>, <c>TimeBasedCanary</c> or <c>TimeBasedLinear</c>.</param>
/// <param name="Percentage">Of the first step of a canary, or of each linear one; 1 to 99.</param>
/// <param name="Interval">Between two steps; whole minutes.</param>
internal sealed record DeploymentConfig(
    string Name, string Id, DateTimeOffset Created, string Type, int Percentage, TimeSpan Interval)
{
    public const string AllAtOnce = "AllAtOnce";
    public const string Canary = "TimeBasedCanary";
    public const string Linear = "TimeBasedLinear";

    /// <summary>What a group has that names no configuration.</summary>
    public const string Default = "CodeDeployDefault.LambdaAllAtOnce";

    /// <summary>The configurations that every account has for Lambda, by name.</summary>
    /// <remarks>Source: AWS CodeDeploy User Guide, "Predefined deployment configurations for an AWS Lambda compute
    /// platform". The ids and the time are ours.</remarks>
    public static readonly IReadOnlyDictionary<string, DeploymentConfig> Predefined = new[]
        {
            ("AllAtOnce", AllAtOnce, 100, 0),
            ("Canary10Percent5Minutes", Canary, 10, 5), ("Canary10Percent10Minutes", Canary, 10, 10),
            ("Canary10Percent15Minutes", Canary, 10, 15), ("Canary10Percent30Minutes", Canary, 10, 30),
            ("Linear10PercentEvery1Minute", Linear, 10, 1), ("Linear10PercentEvery2Minutes", Linear, 10, 2),
            ("Linear10PercentEvery3Minutes", Linear, 10, 3), ("Linear10PercentEvery10Minutes", Linear, 10, 10),
        }
        .Select((known, i) => new DeploymentConfig(
            $"CodeDeployDefault.Lambda{known.Item1}", $"00000000-0000-0000-0000-{i + 1:000000000000}",
            DateTimeOffset.UnixEpoch, known.Item2, known.Item3, TimeSpan.FromMinutes(known.Item4)))
        .ToDictionary(config => config.Name, StringComparer.Ordinal);

    /// <summary>From the first step to the last.</summary>
    public TimeSpan Length => (Steps - 1) * Interval;

    /// <summary>How many steps lead to 100 %.</summary>
    public int Steps => Type switch
    {
        Canary => 2,
        Linear => (100 + Percentage - 1) / Percentage,
        _ => 1,
    };

    /// <summary>The share of the new version after a step.</summary>
    /// <param name="step">From 1.</param>
    /// <returns>Percent; 100 after the last step.</returns>
    public int PercentAfter(int step) => step >= Steps ? 100 : step * Percentage;
}
