using Isobar.Local.Deployment;
using Isobar.Local.Services.CloudWatch.Operations;

namespace Isobar.Local.Services.CloudWatch.Alarms;

/// <summary>Creates <c>AWS::CloudWatch::Alarm</c>: Ref gives the name, GetAtt Arn the ARN.</summary>
/// <remarks>Source: AWS CloudFormation Template Reference, AWS::CloudWatch::Alarm.</remarks>
internal sealed class AlarmProvider(AlarmWatcher alarms) : IResourceProvider
{
    private const string Type = "AWS::CloudWatch::Alarm";

    public IReadOnlyCollection<string> ResourceTypes { get; } = [Type];

    public ValueTask<DeployedResource> CreateAsync(
        ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var stack = declaration.Stack;
        var definition = PutMetricAlarm.Read(Request(declaration));
        var arn = PutMetricAlarm.ArnOf(definition.Name, stack.Region, stack.AccountId);
        alarms.In(stack.Region).Post((book, now) => book.Put(arn, definition, now));
        return ValueTask.FromResult(new DeployedResource(
            declaration.LogicalId, Type, definition.Name, definition.Name,
            new Dictionary<string, string> { ["Arn"] = arn.ToString() }));
    }

    private static PutMetricAlarmRequest Request(ResourceDeclaration declaration)
    {
        var properties = declaration.Properties;
        var request = new PutMetricAlarmRequest
        {
            AlarmName = properties.OptionalString("AlarmName")
                ?? PhysicalName.Generate(declaration.Stack, declaration.LogicalId, maxLength: 255),
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
