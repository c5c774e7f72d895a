using System.Runtime.InteropServices;

namespace ModelMesh.Registry.Inference;

/// <summary>What it took to get an answer's first token, or its end where it had none.</summary>
/// <param name="BackendWait">How long backends took from their calls to the first token, attempts that failed included.</param>
/// <param name="Attempts">How many times a backend was asked.</param>
/// <param name="Endpoint">Which of the version's endpoints answers, counted from 1; 0 where it has one.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AnswerCost(TimeSpan BackendWait, int Attempts, int Endpoint = 0);
