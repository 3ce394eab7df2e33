using Isobar.Local.Lambda.Control;
using Isobar.Local.Ownership;
using Isobar.Local.Services;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Delivery;

/// <summary>Checks and keeps event invoke configurations, whoever asks: the API or a template.</summary>
/// <param name="find">The function of a name, or null.</param>
/// <param name="isFunction">Whether an ARN names a function that exists.</param>
internal sealed class EventInvokeConfigChanges(
    Mailbox<EventInvokeConfigs> configs, Func<string, DeployedFunction?> find, Func<Arn, bool> isFunction,
    ServiceClock clock)
{
    private const string Latest = "$LATEST";

    /// <summary>Puts a configuration in the place of the one that was there.</summary>
    /// <returns>The qualified ARN of the function, and what is configured now.</returns>
    /// <exception cref="AwsException">
    /// ValidationException or InvalidParameterValueException: a setting; ResourceNotFoundException: the function.
    /// </exception>
    public (string FunctionArn, EventInvokeConfig Config) Put(
        FunctionReference reference, EventInvokeConfigSettings settings) => Change(reference, settings, null);

    /// <summary>Changes the settings that are given and leaves the others.</summary>
    /// <returns>As <see cref="Put"/>.</returns>
    /// <exception cref="AwsException">Besides those of <see cref="Put"/>, ResourceNotFoundException: there is no
    /// configuration to change.</exception>
    public (string FunctionArn, EventInvokeConfig Config) Update(
        FunctionReference reference, EventInvokeConfigSettings settings)
    {
        settings.Validate();
        var arn = Qualified(Function(reference));
        var before = configs.Ask((state, _) => state.Find(arn)) ?? throw LambdaErrors.NoEventInvokeConfig(arn);
        return Change(reference, settings, before);
    }

    private (string FunctionArn, EventInvokeConfig Config) Change(
        FunctionReference reference, EventInvokeConfigSettings settings, EventInvokeConfig? before)
    {
        settings.Validate();
        if (settings.IsEmpty)
            throw LambdaErrors.InvalidParameter(
                "You must specify at least one of error handling or destination setting.");
        var function = Function(reference);
        CheckDestinations(settings, function);
        var config = settings.Applied(before, clock.GetUtcNow());
        configs.Post((state, _) => state.Put(Qualified(function), config));
        return (Qualified(function), config);
    }

    private static string Qualified(DeployedFunction function) => $"{function.Configuration.Arn}:{Latest}";

    /// <summary>Versions and aliases are not built yet, so only <c>$LATEST</c> can be configured.</summary>
    private DeployedFunction Function(FunctionReference reference) =>
        reference.Qualifier is null or Latest && find(reference.Name) is { } function
            ? function
            : throw LambdaErrors.NoSuchFunction();

    private void CheckDestinations(EventInvokeConfigSettings settings, DeployedFunction function)
    {
        foreach (var (text, isSuccess) in (ReadOnlySpan<(string?, bool)>)
            [(settings.OnSuccess, true), (settings.OnFailure, false)])
        {
            if (string.IsNullOrEmpty(text)) continue;
            if (Arn.TryParse(text) is not { } arn || !CanReceive(arn, isSuccess))
                throw LambdaErrors.InvalidParameter($"The provided destination config {Shown(settings)} is invalid.");
            if (arn.Service != "lambda") continue;
            if (IsSame(arn, function))
                throw LambdaErrors.InvalidParameter("You can't specify the function as a destination for itself.");
            if (!isFunction(arn)) throw LambdaErrors.InvalidParameter($"The destination ARN {text} is invalid.");
        }
    }

    private static bool CanReceive(Arn arn, bool isSuccess) =>
        arn.Service is "sqs" or "sns" or "lambda" or "events" || (arn.Service == "s3" && !isSuccess);

    private static bool IsSame(Arn arn, DeployedFunction function) =>
        arn.ToString() == function.Configuration.Arn
        || arn.ToString().StartsWith(function.Configuration.Arn + ":", StringComparison.Ordinal);

    // AWS shows its own Java object.
    private static string Shown(EventInvokeConfigSettings settings) =>
        $"DestinationConfig(onSuccess={Shown("OnSuccess", settings.OnSuccess)}, "
        + $"onFailure={Shown("OnFailure", settings.OnFailure)})";

    private static string Shown(string type, string? destination) =>
        destination is null ? "null" : $"{type}(destination={destination})";
}
