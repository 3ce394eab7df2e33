using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;
using Isobar.Local.Lambda.Control;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Delivery;

/// <summary>Deploys <c>AWS::Lambda::EventInvokeConfig</c>.</summary>
/// <remarks>Source: AWS CloudFormation Template Reference, AWS::Lambda::EventInvokeConfig.</remarks>
internal sealed class EventInvokeConfigProvider(EventInvokeConfigChanges changes) : IResourceProvider
{
    public const string ConfigType = "AWS::Lambda::EventInvokeConfig";

    public IReadOnlyCollection<string> ResourceTypes { get; } = [ConfigType];

    public TypeUpdates UpdatesOf(string type) => TypeUpdates.InPlace(update => Put(update.Declaration), Delete) with
    {
        Replacement = ["FunctionName", "Qualifier"],
    };

    public ValueTask<DeployedResource> CreateAsync(
        ResourceDeclaration declaration, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Put(declaration));

    private void Delete(ResourceDeletion deletion) => changes.DeleteIfThere(Target(deletion.Declaration));

    private static EventInvokeConfigTarget Target(ResourceDeclaration declaration) => new(
        FunctionReference.OfWholeFunction(declaration.Properties) with
        {
            Qualifier = declaration.Properties.RequiredString("Qualifier"),
        },
        declaration.Stack.Region, declaration.Stack.AccountId);

    private DeployedResource Put(ResourceDeclaration declaration)
    {
        var properties = declaration.Properties;
        var target = Target(declaration);
        var destinations = properties.OptionalMap("DestinationConfig");
        var settings = new EventInvokeConfigSettings
        {
            MaximumRetryAttempts = properties.OptionalInt32(
                "MaximumRetryAttempts", 0, AsynchronousLimits.MaximumRetryAttempts),
            MaximumEventAgeInSeconds = properties.OptionalInt32("MaximumEventAgeInSeconds",
                (int)AsynchronousLimits.LeastMaximumEventAge.TotalSeconds,
                (int)AsynchronousLimits.MaximumEventAge.TotalSeconds),
            HasDestinations = destinations is not null,
            OnSuccess = destinations?.OptionalMap("OnSuccess")?.RequiredString("Destination"),
            OnFailure = destinations?.OptionalMap("OnFailure")?.RequiredString("Destination"),
        };
        properties.Finish();
        try
        {
            changes.Put(target, settings);
        }
        catch (AwsException e)
        {
            throw new DeploymentException(declaration.Location, declaration.LogicalId, e.Message, e);
        }

        var id = PhysicalName.Generate(declaration.Stack, declaration.LogicalId, maxLength: 64);
        return new DeployedResource(declaration.LogicalId, ConfigType, id, id, new Dictionary<string, string>());
    }
}
