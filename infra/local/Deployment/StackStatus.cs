namespace Isobar.Local.Deployment;

/// <summary>The statuses of stacks and resources that occur here.</summary>
/// <remarks>Source: AWS CloudFormation User Guide, stack status codes.</remarks>
internal static class StackStatus
{
    public const string CreateInProgress = "CREATE_IN_PROGRESS";
    public const string CreateComplete = "CREATE_COMPLETE";
    public const string CreateFailed = "CREATE_FAILED";
    public const string UpdateInProgress = "UPDATE_IN_PROGRESS";
    public const string UpdateComplete = "UPDATE_COMPLETE";
    public const string UpdateFailed = "UPDATE_FAILED";
    public const string DeleteInProgress = "DELETE_IN_PROGRESS";
    public const string DeleteComplete = "DELETE_COMPLETE";
    public const string DeleteFailed = "DELETE_FAILED";
    public const string DeleteSkipped = "DELETE_SKIPPED";
    public const string RollbackInProgress = "UPDATE_ROLLBACK_IN_PROGRESS";
    public const string RollbackComplete = "UPDATE_ROLLBACK_COMPLETE";
    public const string RollbackFailed = "UPDATE_ROLLBACK_FAILED";
}
