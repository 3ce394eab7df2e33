namespace Isobar.Local.Services.CodeDeploy;

/// <summary>CodeDeploy's numbers.</summary>
/// <remarks>
/// Source, unless a member says otherwise: AWS CodeDeploy User Guide, "CodeDeploy quotas", and API Reference.
/// </remarks>
internal static class CodeDeployLimits
{
    /// <summary>Ours: room for an AppSpec with every character escaped.</summary>
    public const long MaxRequestBytes = 1_048_576;

    /// <summary>Applications of a Region.</summary>
    public const int MaxApplications = 1_000;

    /// <summary>Deployment groups of an application.</summary>
    public const int MaxGroups = 1_000;

    /// <summary>Deployment configurations of the account's own in a Region.</summary>
    public const int MaxConfigs = 50;

    /// <summary>Alarms of a deployment group.</summary>
    public const int MaxAlarms = 10;

    /// <summary>Deployments under way at a time in a Region.</summary>
    public const int MaxActiveDeployments = 1_000;

    /// <summary>Ours: deployments that are kept; the oldest that has ended makes room.</summary>
    public const int MaxKeptDeployments = 5_000;

    /// <summary>Characters of the names of applications, groups and configurations.</summary>
    public const int MaxNameCharacters = 100;

    /// <summary>Items of a page of a list.</summary>
    public const int PageSize = 100;

    /// <summary>Deployment targets in one request.</summary>
    public const int MaxTargetsInRequest = 25;

    /// <summary>How long a validation function may take to report its result.</summary>
    /// <remarks>Source: AWS CodeDeploy User Guide, AppSpec 'hooks' section for an AWS Lambda deployment: one hour.
    /// </remarks>
    public static readonly TimeSpan HookTimeout = TimeSpan.FromHours(1);

    /// <summary>From the first shift of traffic to the last.</summary>
    public static readonly TimeSpan MaxShift = TimeSpan.FromHours(50);
}
