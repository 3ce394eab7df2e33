namespace Isobar.Functions;

/// <summary>Environment variables that the template sets. Only a function's Startup reads them.</summary>
public static class TemplateVariables
{
    /// <exception cref="InvalidOperationException">The variable is not set; the init phase fails.</exception>
    public static string Required(string variable) => Optional(variable)
        ?? throw new InvalidOperationException($"The environment variable {variable} is not set.");

    /// <returns>Null if the variable is not set, or empty.</returns>
    public static string? Optional(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
}
