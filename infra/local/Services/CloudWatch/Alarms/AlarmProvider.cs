using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;
using Isobar.Local.Services.CloudWatch.Operations;

namespace Isobar.Local.Services.CloudWatch.Alarms;

/// <summary>
/// Creates, changes and deletes <c>AWS::CloudWatch::Alarm</c>: Ref gives the name, GetAtt Arn the ARN.
/// </summary>
/// <remarks>Source: AWS CloudFormation Template Reference, AWS::CloudWatch::Alarm.</remarks>
internal sealed class AlarmProvider(AlarmWatcher alarms) : IResourceProvider
{
    private const string Type = "AWS::CloudWatch::Alarm";

    public IReadOnlyCollection<string> ResourceTypes { get; } = [Type];

    public TypeUpdates UpdatesOf(string type) => TypeUpdates.InPlace(Change, Delete) with
    {
        Replacement = ["AlarmName"], NameProperty = "AlarmName",
        NotInPlace = new Dictionary<string, string>
        {
            ["Tags"] = "an alarm that is put again keeps the tags that it has",
        },
    };

    public ValueTask<DeployedResource> CreateAsync(
        ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var name = declaration.Properties.OptionalString("AlarmName")
            ?? PhysicalName.Generate(declaration.Stack, declaration.LogicalId, maxLength: 255);
        var arn = Put(declaration, name);
        return ValueTask.FromResult(new DeployedResource(
            declaration.LogicalId, Type, name, name, new Dictionary<string, string> { ["Arn"] = arn.ToString() }));
    }

    private DeployedResource Change(ResourceUpdate update)
    {
        // It was read when the alarm was made: a property that is not read is not understood.
        update.Declaration.Properties.OptionalString("AlarmName");
        Put(update.Declaration, update.Existing.PhysicalId);
        return update.Existing;
    }

    private void Delete(ResourceDeletion deletion) => alarms.In(deletion.Declaration.Stack.Region).Post(
        (book, now) => book.Delete(deletion.Existing.PhysicalId, now));

    private Arn Put(ResourceDeclaration declaration, string name)
    {
        var stack = declaration.Stack;
        var definition = PutMetricAlarm.Read(Request(declaration, name));
        var arn = PutMetricAlarm.ArnOf(name, stack.Region, stack.AccountId);
        alarms.In(stack.Region).Post((book, now) => book.Put(arn, definition, now));
        return arn;
    }

    private static PutMetricAlarmRequest Request(ResourceDeclaration declaration, string name)
    {
        var properties = declaration.Properties;
        var request = new PutMetricAlarmRequest
        {
            AlarmName = name,
            AlarmDescription = properties.OptionalString("AlarmDescription"),
            ActionsEnabled = properties.OptionalBoolean("ActionsEnabled"),
            OKActions = properties.OptionalStringList("OKActions"),
            AlarmActions = properties.OptionalStringList("AlarmActions"),
            InsufficientDataActions = properties.OptionalStringList("InsufficientDataActions"),
            MetricName = properties.RequiredString("MetricName"),
            Namespace = properties.RequiredString("Namespace"),
            Statistic = properties.OptionalString("Statistic"),
            ExtendedStatistic = properties.OptionalString("ExtendedStatistic"),
            Dimensions = Dimensions(properties),
            Period = properties.RequiredInt32("Period", 1, 604_800),
            Unit = properties.OptionalString("Unit"),
            EvaluationPeriods = properties.RequiredInt32("EvaluationPeriods", 1, int.MaxValue),
            DatapointsToAlarm = properties.OptionalInt32("DatapointsToAlarm", 1, int.MaxValue),
            Threshold = Threshold(properties),
            ComparisonOperator = properties.RequiredString("ComparisonOperator"),
            TreatMissingData = properties.OptionalString("TreatMissingData"),
            EvaluateLowSampleCountPercentile = properties.OptionalString("EvaluateLowSampleCountPercentile"),
            Tags = Tags(properties),
        };
        properties.Finish();
        return request;
    }

    private static double Threshold(PropertyReader properties) => double.TryParse(
        properties.RequiredString("Threshold"), System.Globalization.CultureInfo.InvariantCulture, out var value)
            ? value
            : throw CloudWatchErrors.Validation("The property Threshold must be a number.");

    private static List<DimensionMember>? Dimensions(PropertyReader properties) =>
        properties.OptionalList("Dimensions")?.Select(dimension =>
        {
            var read = new DimensionMember(dimension.RequiredString("Name"), dimension.RequiredString("Value"));
            dimension.Finish();
            return read;
        }).ToList();

    private static List<TagMember>? Tags(PropertyReader properties) =>
        properties.OptionalList("Tags")?.Select(tag =>
        {
            var read = new TagMember(tag.RequiredString("Key"), tag.RequiredString("Value"));
            tag.Finish();
            return read;
        }).ToList();
}
