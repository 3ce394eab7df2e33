using System;

namespace AWS.Lambda.Powertools.Metrics;

/// <summary>Metrics that CloudWatch would not take, or none where some must be.</summary>
public class SchemaValidationException : Exception
{
    public SchemaValidationException(string propertyName)
        : base($"EMF schema is invalid. '{propertyName}' is mandatory and not specified.")
    {
    }

    public SchemaValidationException(bool raiseEmptyMetrics)
        : base("No metrics have been provided.")
    {
    }
}
