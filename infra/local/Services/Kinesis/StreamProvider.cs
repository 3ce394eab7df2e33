using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;
using Isobar.Local.Ownership;
using Isobar.Local.Services.Kinesis.Operations;

namespace Isobar.Local.Services.Kinesis;

/// <summary>Creates <c>AWS::Kinesis::Stream</c>: Ref gives the name, GetAtt Arn the ARN.</summary>
/// <remarks>Source: AWS CloudFormation Template Reference, AWS::Kinesis::Stream.</remarks>
internal static class StreamProvider
{
    public const string Type = "AWS::Kinesis::Stream";

    private sealed record Wanted(
        string Name, StreamMode Mode, int? Shards, TimeSpan Retention, IReadOnlyDictionary<string, string> Tags);

    /// <exception cref="DeploymentException">A property that is not supported, or not valid.</exception>
    /// <exception cref="Wire.AwsException">What CreateStream would answer.</exception>
    public static DeployedResource Create(Monitor<KinesisState> streams, ResourceDeclaration declaration)
    {
        var wanted = Read(declaration);
        return streams.Ask((state, now) =>
        {
            var stream = state.Create(
                wanted.Name, wanted.Mode, wanted.Shards ?? KinesisLimits.OnDemandShards, now);
            stream.Retention = wanted.Retention;
            stream.Tags = stream.Tags.AddRange(wanted.Tags);
            return Deployed(declaration, stream);
        });
    }

    /// <summary>Changes mode, number of shards, retention period and tags; the records stay.</summary>
    /// <exception cref="DeploymentException">A property that is not supported, or not valid.</exception>
    /// <exception cref="Wire.AwsException">What UpdateShardCount or UpdateStreamMode would answer.</exception>
    public static DeployedResource Change(Monitor<KinesisState> streams, ResourceDeclaration declaration)
    {
        var wanted = Read(declaration);
        return streams.Ask((state, now) =>
        {
            var stream = state.Get(wanted.Name, now);
            var before = stream.Mode;
            StreamChanges.Change(state, stream, wanted.Mode, now);
            try
            {
                if (wanted.Shards is { } shards && shards != stream.OpenShards.Count)
                    ShardChanges.Resize(state, stream, shards, now);
            }
            catch (Wire.AwsException)
            {
                stream.Mode = before;
                throw;
            }

            stream.Retention = wanted.Retention;
            stream.Tags = stream.Tags.Clear().AddRange(wanted.Tags);
            stream.Trim(now);
            return Deployed(declaration, stream);
        });
    }

    public static void Delete(Monitor<KinesisState> streams, ResourceDeletion deletion) =>
        streams.Post((state, now) =>
        {
            if (state.Find(deletion.Existing.PhysicalId) is not null) state.Delete(deletion.Existing.PhysicalId, now);
        });

    private static DeployedResource Deployed(ResourceDeclaration declaration, KinesisStream stream) => new(
        declaration.LogicalId, Type, stream.Name, stream.Name,
        new Dictionary<string, string> { ["Arn"] = stream.Arn.ToString() });

    private static Wanted Read(ResourceDeclaration declaration)
    {
        var properties = declaration.Properties;
        var name = properties.OptionalString("Name") ?? PhysicalName.Generate(
            declaration.Stack, declaration.LogicalId, KinesisLimits.MaxStreamNameCharacters);
        // CloudFormation's default is PROVISIONED, other than CreateStream's.
        var mode = StreamModes.Of(properties.OptionalMap("StreamModeDetails")
            ?.RequiredString("StreamMode", StreamModes.All) ?? StreamModes.Provisioned);
        var shards = properties.OptionalInt32("ShardCount", 1, KinesisLimits.MaxOpenShards);
        if (mode == StreamMode.Provisioned && shards is null)
            properties.Refuse("StreamModeDetails", "a stream in provisioned mode must have a ShardCount");
        if (mode == StreamMode.OnDemand && shards is not null)
            properties.Refuse("ShardCount", "a stream in on-demand mode has none");
        var hours = properties.OptionalInt32(
            "RetentionPeriodHours", KinesisLimits.MinRetentionHours, KinesisLimits.MaxRetentionHours);
        var tags = (properties.OptionalList("Tags") ?? []).ToDictionary(
            tag => tag.RequiredString("Key"), tag => tag.RequiredString("Value"));
        properties.Inert("StreamEncryption", "nothing is written to disk");
        properties.Finish();
        return new Wanted(
            name, mode, shards, TimeSpan.FromHours(hours ?? KinesisLimits.MinRetentionHours),
            Operations.Tags.Checked(tags));
    }
}
