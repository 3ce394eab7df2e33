using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.CodeDeploy.Operations;

internal sealed record CreateDeploymentRequest(
    string? ApplicationName, string? DeploymentGroupName, RevisionShape? Revision, string? DeploymentConfigName,
    string? Description, AutoRollbackShape? AutoRollbackConfiguration,
    AlarmConfigurationShape? OverrideAlarmConfiguration);

internal sealed record CreateDeploymentResponse(string DeploymentId);

/// <summary>Begins a deployment of an AppSpec for Lambda.</summary>
/// <remarks>Source: AWS CodeDeploy API Reference, CreateDeployment.</remarks>
internal static class CreateDeployment
{
    /// <exception cref="AwsException">ApplicationNameRequiredException, DeploymentGroupNameRequiredException, the two
    /// and the configuration not found, RevisionRequiredException, InvalidRevisionException,
    /// DeploymentLimitExceededException.</exception>
    public static CreateDeploymentResponse Handle(
        Monitor<CodeDeployState> state, CreateDeploymentRequest request, CallScope scope, Identifiers identifiers)
    {
        if (request.ApplicationName is not { Length: > 0 } application) throw CodeDeployErrors.ApplicationRequired();
        if (request.DeploymentGroupName is not { Length: > 0 } name) throw CodeDeployErrors.GroupRequired();
        var group = state.Ask((known, _) => known.Group(application, name));
        var revision = Revision(request.Revision);
        var alias = new Arn("aws", "lambda", scope.Region, scope.AccountId,
            $"function:{FunctionName(revision.Function)}:{revision.Alias}");
        var id = DeploymentId.New(identifiers);
        state.Post((known, now) => known.Begin(new LambdaDeployment(
            id, group, known.Config(request.DeploymentConfigName ?? group.ConfigName), revision, alias, now)
        {
            Description = request.Description,
            Alarms = request.OverrideAlarmConfiguration?.ToAlarms() ?? group.Alarms,
            Rollback = request.AutoRollbackConfiguration?.ToRollback() ?? group.Rollback,
        }));
        return new CreateDeploymentResponse(id);
    }

    private static AppSpec Revision(RevisionShape? revision)
    {
        if (revision is null) throw CodeDeployErrors.RevisionRequired();
        var content = revision.RevisionType switch
        {
            "AppSpecContent" => revision.AppSpecContent,
            "String" => revision.String,
            _ => throw CodeDeployErrors.NotSupported(
                "A revision must be of type AppSpecContent or String here; S3 and GitHub are not built."),
        };
        if (content?.Content is not { Length: > 0 } text) throw CodeDeployErrors.RevisionRequired();
        var read = AppSpec.Read(text);
        return content.Sha256 is null || content.Sha256.Equals(read.Sha256, StringComparison.OrdinalIgnoreCase)
            ? read
            : throw CodeDeployErrors.InvalidRevision("its sha256 is another one");
    }

    private static string FunctionName(string nameOrArn) =>
        Arn.TryParse(nameOrArn) is { } arn && arn.Resource.Split(':') is ["function", var name, ..] ? name : nameOrArn;
}
