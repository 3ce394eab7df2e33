using Isobar.Local.Services.DynamoDb.Operations;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb.Streams.Operations;

/// <summary>Checks that operations of streams share.</summary>
internal static class StreamParameters
{
    /// <returns>The ARN, checked for its form only.</returns>
    /// <exception cref="AwsException">ValidationException.</exception>
    public static string Arn(string? arn)
    {
        if (arn is null) throw DynamoDbErrors.Constraint(null, "streamArn", "Member must not be null");
        if (Services.Arn.TryParse(arn) is { Service: "dynamodb", Resource: var resource }
            && resource.Split('/') is ["table", _, "stream", _]) return arn;
        throw DynamoDbErrors.Validation("Invalid StreamArn");
    }

    /// <exception cref="AwsException">ValidationException: not 1 to <paramref name="most"/>.</exception>
    public static int Limit(int? limit, int most)
    {
        Parameters.Limit(limit);
        if (limit > most)
            throw DynamoDbErrors.Constraint(
                $"{limit}", "limit", $"Member must have value less than or equal to {most}");
        return limit ?? most;
    }

    /// <summary>The action on a stream that a request stands for.</summary>
    public static IEnumerable<ResourceAction> On(string action, string? arn, CallScope scope) =>
        string.IsNullOrEmpty(arn) ? [] : [scope.On(action, arn)];
}
