using Isobar.Local.Lambda.Control;
using Isobar.Local.Ownership;
using Isobar.Local.Services;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Delivery;

/// <summary>Checks and keeps event invoke configurations, whoever asks: the API or a template.</summary>
internal sealed class EventInvokeConfigChanges(
    Monitor<EventInvokeConfigs> configs, FunctionDirectory functions, ServiceClock clock)
{
    /// <exception cref="AwsException">ResourceNotFoundException: there is none.</exception>
    public EventInvokeConfig Get(EventInvokeConfigTarget target) =>
        configs.Ask((state, _) => state.Find(target.QualifiedArn))
            ?? throw LambdaErrors.NoEventInvokeConfig(target.QualifiedArn);

    /// <summary>The configurations of a function, by qualified ARN.</summary>
    /// <exception cref="AwsException">ResourceNotFoundException: there is no such function.</exception>
    public IReadOnlyList<KeyValuePair<string, EventInvokeConfig>> List(EventInvokeConfigTarget target)
    {
        CheckFunction(target with { Function = target.Function with { Qualifier = null } });
        return configs.Ask((state, _) => state.Of(target.FunctionArn));
    }

    /// <exception cref="AwsException">ResourceNotFoundException: there is none.</exception>
    public void Delete(EventInvokeConfigTarget target)
    {
        if (!configs.Ask((state, _) => state.Delete(target.QualifiedArn)))
            throw LambdaErrors.NoEventInvokeConfig(target.QualifiedArn);
    }

    /// <summary>The same; one that is not there is passed over.</summary>
    public void DeleteIfThere(EventInvokeConfigTarget target) =>
        configs.Post((state, _) => state.Delete(target.QualifiedArn));

    /// <summary>Puts a configuration in the place of the one that was there.</summary>
    /// <exception cref="AwsException">
    /// ValidationException or InvalidParameterValueException: a setting; ResourceNotFoundException: the function.
    /// </exception>
    public EventInvokeConfig Put(EventInvokeConfigTarget target, EventInvokeConfigSettings settings)
    {
        Check(target, settings);
        return Keep(target, settings.Applied(null, clock.GetUtcNow()));
    }

    /// <summary>Changes the settings that are given and leaves the others.</summary>
    /// <exception cref="AwsException">Besides those of <see cref="Put"/>, ResourceNotFoundException: there is no
    /// configuration to change.</exception>
    public EventInvokeConfig Update(EventInvokeConfigTarget target, EventInvokeConfigSettings settings)
    {
        Check(target, settings);
        return Keep(target, settings.Applied(Get(target), clock.GetUtcNow()));
    }

    private EventInvokeConfig Keep(EventInvokeConfigTarget target, EventInvokeConfig config)
    {
        configs.Post((state, _) => state.Put(target.QualifiedArn, config));
        return config;
    }

    private void Check(EventInvokeConfigTarget target, EventInvokeConfigSettings settings)
    {
        settings.Validate();
        if (settings.IsEmpty)
            throw LambdaErrors.InvalidParameter(
                "You must specify at least one of error handling or destination setting.");
        CheckFunction(target);
        CheckDestinations(target, settings);
    }

    private void CheckFunction(EventInvokeConfigTarget target)
    {
        if (functions.Resolve(target.Function, target.Region)?.Arn != target.FunctionArn)
            throw LambdaErrors.NoSuchFunction();
    }

    private void CheckDestinations(EventInvokeConfigTarget target, EventInvokeConfigSettings settings)
    {
        foreach (var (text, isSuccess) in (ReadOnlySpan<(string?, bool)>)
            [(settings.OnSuccess, true), (settings.OnFailure, false)])
        {
            if (string.IsNullOrEmpty(text)) continue;
            if (Arn.TryParse(text) is not { } arn || !CanReceive(arn, isSuccess))
                throw LambdaErrors.InvalidParameter($"The provided destination config {Shown(settings)} is invalid.");
            if (arn.Service != "lambda") continue;
            if (text == target.FunctionArn || text.StartsWith(target.FunctionArn + ":", StringComparison.Ordinal))
                throw LambdaErrors.InvalidParameter("You can't specify the function as a destination for itself.");
            if (functions.Resolve(arn) is null)
                throw LambdaErrors.InvalidParameter($"The destination ARN {text} is invalid.");
        }
    }

    private static bool CanReceive(Arn arn, bool isSuccess) =>
        arn.Service is "sqs" or "sns" or "lambda" or "events" || (arn.Service == "s3" && !isSuccess);

    // AWS shows its own Java object.
    private static string Shown(EventInvokeConfigSettings settings) =>
        $"DestinationConfig(onSuccess={Shown("OnSuccess", settings.OnSuccess)}, "
        + $"onFailure={Shown("OnFailure", settings.OnFailure)})";

    private static string Shown(string type, string? destination) =>
        destination is null ? "null" : $"{type}(destination={destination})";
}
