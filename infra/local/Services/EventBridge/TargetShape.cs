using Isobar.Local.Services.EventBridge.Inputs;

namespace Isobar.Local.Services.EventBridge;

/// <summary>A target as the API writes it.</summary>
internal sealed record TargetShape(
    string? Id = null, string? Arn = null, string? RoleArn = null, string? Input = null, string? InputPath = null,
    TransformerShape? InputTransformer = null, DeadLetterShape? DeadLetterConfig = null,
    RetryPolicyShape? RetryPolicy = null, SqsParametersShape? SqsParameters = null)
{
    private const string FifoEnding = ".fifo";

    /// <summary>Checks that a target has its required members; AWS does so before it looks for the rule.</summary>
    /// <param name="member">What errors call it: <c>targets.1.member</c>.</param>
    /// <exception cref="Wire.AwsException">ValidationException.</exception>
    public void CheckMembers(string member)
    {
        Names.Check(Id, $"{member}.id");
        if (Arn is null) throw EventBridgeErrors.IsNull($"{member}.arn");
    }

    /// <summary>Checks the values of a target that has its members, and makes it ready for use.</summary>
    /// <exception cref="Wire.AwsException">ValidationException.</exception>
    public RuleTarget Read()
    {
        var id = Id!;
        if (Services.Arn.TryParse(Arn!) is not { } arn)
        {
            throw EventBridgeErrors.Validation(
                $"Parameter {Arn} is not valid. Reason: Provided Arn is not in correct format.");
        }

        if (arn.Service is not ("lambda" or "sqs" or "sns"))
        {
            throw EventBridgeErrors.NotSupported(
                $"Parameter {Arn} is not valid. Reason: Targets of {arn.Service} are not supported here.");
        }

        CheckGroup(id, arn);
        return new RuleTarget(
            id, arn, RoleArn, ReadInput(id), ReadQueue(), ReadAge(), ReadAttempts(), this);
    }

    // Source of the text for a FIFO queue without a group: moto's tests, which state AWS's.
    private void CheckGroup(string id, Arn arn)
    {
        var isFifo = arn.Resource.EndsWith(FifoEnding, StringComparison.Ordinal);
        if (isFifo && arn.Service != "sqs")
            throw EventBridgeErrors.NotSupported(
                $"Parameter {Arn} is not valid. Reason: FIFO topics are not supported here.");
        if (isFifo && SqsParameters?.MessageGroupId is null)
            throw EventBridgeErrors.Validation($"Parameter(s) SqsParameters must be specified for target: {id}.");
        if (SqsParameters is not null && arn.Service != "sqs")
            throw EventBridgeErrors.Validation($"Parameter(s) SqsParameters are not valid for target: {id}.");
    }

    private TargetInput ReadInput(string id)
    {
        if (new object?[] { Input, InputPath, InputTransformer }.Count(given => given is not null) > 1)
        {
            throw EventBridgeErrors.Validation(
                $"Only one of Input, InputPath, or InputTransformer must be provided for target {id}.");
        }

        if (InputTransformer is { } transformer) return transformer.Read(id);
        if (Input is not null)
        {
            return Input.Length <= EventBridgeLimits.MaxInputLength && IsJson(Input)
                ? new ConstantInput(Input)
                : throw EventBridgeErrors.Validation($"JSON syntax error in input for target {id}.");
        }

        if (InputPath is null) return new WholeEvent();
        return InputPath.Length <= EventBridgeLimits.MaxInputPathLength
            && Inputs.InputPath.TryRead(InputPath) is { } path
            ? new PartOfEvent(path)
            : throw EventBridgeErrors.Validation($"Invalid InputPath for target {id}.");
    }

    private Arn? ReadQueue() => DeadLetterConfig?.Arn switch
    {
        null => null,
        var text when Services.Arn.TryParse(text) is { Service: "sqs", Resource.Length: > 0 } queue
            && !queue.Resource.EndsWith(FifoEnding, StringComparison.Ordinal) => queue,
        var text => throw EventBridgeErrors.Validation(
            $"Parameter {text} is not valid. Reason: Provided Arn is not in correct format."),
    };

    private TimeSpan ReadAge() => RetryPolicy?.MaximumEventAgeInSeconds switch
    {
        null => EventBridgeLimits.MaxEventAge,
        var seconds when TimeSpan.FromSeconds(seconds.Value) is var age
            && age >= EventBridgeLimits.MinEventAge && age <= EventBridgeLimits.MaxEventAge => age,
        var seconds => throw EventBridgeErrors.Validation(
            $"MaximumEventAgeInSeconds must be between 60 and 86400, not {seconds}."),
    };

    private int ReadAttempts() => RetryPolicy?.MaximumRetryAttempts switch
    {
        null => EventBridgeLimits.MaxRetryAttempts,
        >= 0 and <= EventBridgeLimits.MaxRetryAttempts and var attempts => attempts,
        var attempts => throw EventBridgeErrors.Validation(
            $"MaximumRetryAttempts must be between 0 and 185, not {attempts}."),
    };

    private static bool IsJson(string text)
    {
        try
        {
            Patterns.JsonSyntax.Check(text);
            return true;
        }
        catch (Patterns.PatternException)
        {
            return false;
        }
    }
}

internal sealed record TransformerShape(Dictionary<string, string>? InputPathsMap = null, string? InputTemplate = null)
{
    /// <exception cref="Wire.AwsException">ValidationException.</exception>
    public InputTransformer Read(string id)
    {
        if (InputTemplate is not { Length: > 0 and <= EventBridgeLimits.MaxInputLength } template)
            throw EventBridgeErrors.Validation($"InputTemplate for target {id} must have 1 to 8192 characters.");
        var paths = new Dictionary<string, InputPath>(StringComparer.Ordinal);
        if (InputPathsMap?.Count > EventBridgeLimits.MaxInputPaths)
            throw EventBridgeErrors.Validation($"InputPathsMap for target {id} has more than 100 entries.");
        foreach (var (name, path) in InputPathsMap ?? [])
        {
            if (name.StartsWith("AWS", StringComparison.OrdinalIgnoreCase) || path is not { Length: <= 256 }
                || InputPath.TryRead(path) is not { } read)
                throw EventBridgeErrors.Validation($"InputPathsMap for target {id} contains invalid entry {name}.");
            paths.Add(name, read);
        }

        var transformer = new InputTransformer(paths, template);
        return transformer.UnknownPlaceholder is { } unknown
            ? throw EventBridgeErrors.Validation(
                $"InputTemplate for target {id} contains invalid placeholder {unknown}.")
            : transformer;
    }
}

/// <summary>What only queues have.</summary>
internal sealed record SqsParametersShape(string? MessageGroupId = null);

internal sealed record DeadLetterShape(string? Arn = null);

internal sealed record RetryPolicyShape(int? MaximumRetryAttempts = null, int? MaximumEventAgeInSeconds = null);
