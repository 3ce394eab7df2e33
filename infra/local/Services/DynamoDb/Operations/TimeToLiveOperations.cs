using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb.Operations;

internal sealed record TimeToLiveSpecification(string? AttributeName, bool? Enabled);

internal sealed record UpdateTimeToLiveRequest(string? TableName, TimeToLiveSpecification? TimeToLiveSpecification);

internal sealed record UpdateTimeToLiveResponse(TimeToLiveSpecification TimeToLiveSpecification);

internal sealed record DescribeTimeToLiveRequest(string? TableName);

/// <param name="TimeToLiveStatus">ENABLED or DISABLED: a change is done at once.</param>
internal sealed record TimeToLiveDescription(string TimeToLiveStatus, string? AttributeName);

internal sealed record DescribeTimeToLiveResponse(TimeToLiveDescription TimeToLiveDescription);

/// <summary>Lets the items of a table expire at the instant that one of their attributes gives.</summary>
/// <remarks>Source: Amazon DynamoDB API Reference, UpdateTimeToLive.</remarks>
internal static class UpdateTimeToLive
{
    public static UpdateTimeToLiveResponse Handle(
        Monitor<DynamoDbState> monitor, UpdateTimeToLiveRequest request, CallScope scope)
    {
        var name = Parameters.Table(request.TableName, scope);
        var wanted = Read(Parameters.Required(request.TimeToLiveSpecification, "TimeToLiveSpecification"));
        monitor.Post((state, _) => state.UpdateTimeToLive(name, wanted.AttributeName!, wanted.Enabled!.Value));
        return new UpdateTimeToLiveResponse(wanted);
    }

    /// <exception cref="AwsException">ValidationException.</exception>
    public static TimeToLiveSpecification Read(TimeToLiveSpecification specification)
    {
        const string member = "timeToLiveSpecification";
        if (specification.Enabled is null)
            throw DynamoDbErrors.Constraint(null, $"{member}.enabled", "Member must not be null");
        return specification.AttributeName switch
        {
            null => throw DynamoDbErrors.Constraint(null, $"{member}.attributeName", "Member must not be null"),
            { Length: 0 } name => throw DynamoDbErrors.Constraint(
                name, $"{member}.attributeName", "Member must have length greater than or equal to 1"),
            { Length: > 255 } name => throw DynamoDbErrors.Constraint(
                name, $"{member}.attributeName", "Member must have length less than or equal to 255"),
            _ => specification,
        };
    }
}

/// <summary>Tells whether the items of a table expire.</summary>
/// <remarks>Source: Amazon DynamoDB API Reference, DescribeTimeToLive.</remarks>
internal static class DescribeTimeToLive
{
    public static DescribeTimeToLiveResponse Handle(
        Monitor<DynamoDbState> monitor, DescribeTimeToLiveRequest request, CallScope scope)
    {
        var name = Parameters.Table(request.TableName, scope);
        var attribute = monitor.Ask((state, _) => state.DescribeTable(name).TimeToLive);
        return new DescribeTimeToLiveResponse(
            new TimeToLiveDescription(attribute is null ? "DISABLED" : "ENABLED", attribute));
    }
}
