using Microsoft.Extensions.Options;

namespace ModelMesh.Registry.Inference;

internal sealed class InferenceOptionsValidator : IValidateOptions<InferenceOptions>
{
    public ValidateOptionsResult Validate(string? name, InferenceOptions options)
    {
        var faults = new ValidateOptionsResultBuilder();
        if (options.CapacityRetryAfter <= TimeSpan.Zero || options.CapacityRetryAfter > TimeSpan.FromHours(1))
        {
            faults.AddError("Inference:CapacityRetryAfter must be more than 0 and at most 01:00:00.");
        }

        if (options.AbandonAfter <= TimeSpan.Zero || options.AbandonAfter > TimeSpan.FromMinutes(1))
        {
            faults.AddError("Inference:AbandonAfter must be more than 0 and at most 00:01:00.");
        }

        return faults.Build();
    }
}
