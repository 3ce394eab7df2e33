using System.Text.RegularExpressions;
using Isobar.Local.Ownership;
using Isobar.Local.Services.DynamoDb.Tables;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb.Operations;

internal sealed record TagResourceRequest(string? ResourceArn, List<Tag?>? Tags);

internal sealed record UntagResourceRequest(string? ResourceArn, List<string?>? TagKeys);

internal sealed record ListTagsOfResourceRequest(string? ResourceArn, string? NextToken);

/// <param name="Tags">All of them: there are never so many that they need a second page.</param>
internal sealed record ListTagsOfResourceResponse(List<Tag> Tags);

internal sealed partial record Tag(string? Key, string? Value)
{
    /// <exception cref="AwsException">ValidationException: a tag that can't be, or too many.</exception>
    /// <remarks>Source of rules and texts: the findings of ack-api-quirks (tags, October 2026).</remarks>
    public static IReadOnlyDictionary<string, string> Read(List<Tag?> tags)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in tags)
        {
            CheckKey(tag?.Key);
            if (tag!.Value is not { Length: <= DynamoDbLimits.TagValueCharacters } value
                || !Characters().IsMatch(value))
                throw DynamoDbErrors.Validation($"The Tag Value provided is invalid, Value: {tag.Value ?? "null"}");
            if (tag.Key!.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
                throw DynamoDbErrors.Validation($"Tag Key cannot be prefixed with aws:, Key: {tag.Key}");
            if (!read.TryAdd(tag.Key, value))
                throw DynamoDbErrors.Validation(
                    $"Duplicate Tag Keys provided as input: Duplicate Tag Key found {tag.Key}");
        }

        CheckCount(read.Count);
        return read;
    }

    /// <exception cref="AwsException">ValidationException: not 1 to 128 of the characters of tags.</exception>
    public static void CheckKey(string? key)
    {
        if (key is not { Length: > 0 and <= DynamoDbLimits.TagKeyCharacters } || !Characters().IsMatch(key))
            throw DynamoDbErrors.Validation($"The Tag Key provided is invalid, Key: {key ?? "null"}");
    }

    /// <exception cref="AwsException">ValidationException: more than 50.</exception>
    public static void CheckCount(int count)
    {
        if (count > DynamoDbLimits.Tags)
            throw DynamoDbErrors.Validation("Number of Tags exceed the current limit for the provided ResourceArn");
    }

    [GeneratedRegex(@"^[\p{L}\p{Z}\p{N}_.:/=+\-@]*\z", RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Characters();
}

/// <summary>Tags of a table.</summary>
/// <remarks>Source: Amazon DynamoDB API Reference, TagResource, UntagResource and ListTagsOfResource.</remarks>
internal static class Tags
{
    /// <summary>Adds tags, or gives them other values: all or none.</summary>
    public static EmptyResponse Add(Monitor<DynamoDbState> monitor, TagResourceRequest request, CallScope scope)
    {
        var name = Table(request.ResourceArn, scope);
        if (request.Tags is null) throw DynamoDbErrors.Constraint(null, "tags", "Member must not be null");
        if (request.Tags.Count == 0) throw DynamoDbErrors.Validation("Atleast one Tag needs to be provided as Input.");
        var tags = Tag.Read(request.Tags);
        monitor.Post((state, _) =>
        {
            var has = Tagged(state, name, request.ResourceArn!).Tags;
            Tag.CheckCount(has.Keys.Union(tags.Keys).Count());
            foreach (var (key, value) in tags) has[key] = value;
        });
        return new EmptyResponse();
    }

    public static EmptyResponse Remove(Monitor<DynamoDbState> monitor, UntagResourceRequest request, CallScope scope)
    {
        var name = Table(request.ResourceArn, scope);
        if (request.TagKeys is null) throw DynamoDbErrors.Constraint(null, "tagKeys", "Member must not be null");
        if (request.TagKeys.Count == 0)
            throw DynamoDbErrors.Validation("Atleast one Tag Key needs to be provided as Input.");
        Tag.CheckCount(request.TagKeys.Count);
        foreach (var key in request.TagKeys) Tag.CheckKey(key);
        monitor.Post((state, _) =>
        {
            var has = Tagged(state, name, request.ResourceArn!).Tags;
            foreach (var key in request.TagKeys) has.Remove(key!);
        });
        return new EmptyResponse();
    }

    public static ListTagsOfResourceResponse List(
        Monitor<DynamoDbState> monitor, ListTagsOfResourceRequest request, CallScope scope)
    {
        var name = Table(request.ResourceArn, scope);
        if (request.NextToken is not null) throw DynamoDbErrors.NotSupported("There is no page with this NextToken.");
        return new ListTagsOfResourceResponse(monitor.Ask((state, _) =>
            Tagged(state, name, request.ResourceArn!).Tags.Select(tag => new Tag(tag.Key, tag.Value)).ToList()));
    }

    private static Table Tagged(DynamoDbState state, TableName name, string arn) =>
        state.Exists(name) ? state.DescribeTable(name) : throw DynamoDbErrors.TaggedNotFound(arn);

    private static TableName Table(string? resource, CallScope scope)
    {
        if (resource is null) throw DynamoDbErrors.Validation("Invalid TableArn");
        if (!resource.StartsWith("arn:", StringComparison.Ordinal))
            throw DynamoDbErrors.Invalid($"ARNs must start with 'arn:': {resource}");
        const string prefix = "table/";
        if (Arn.TryParse(resource) is not { Service: "dynamodb" } arn)
            throw DynamoDbErrors.Invalid($"Provided Arn is not a DynamoDB resource arn: {resource}");
        if (!arn.Resource.StartsWith(prefix, StringComparison.Ordinal) || arn.Resource[prefix.Length..].Contains('/'))
            throw DynamoDbErrors.Invalid("Invalid resource arn provided, only table or stream is accepted. "
                + $"Provided resource arn: {resource}");
        if (arn.AccountId != scope.AccountId || arn.Region != scope.Region)
            throw DynamoDbErrors.Validation($"Invalid TableArn: Invalid ResourceArn provided as input {resource}");
        return new TableName(scope.Region, Parameters.Named(arn.Resource[prefix.Length..]));
    }
}
