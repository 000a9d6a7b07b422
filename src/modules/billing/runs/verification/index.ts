import { AccountBillsRepository } from './account-bills.repository';
import { AccountOfRun } from './account-of-run';
import { CorrectAccount } from './correct-account';
import { DrawSample } from './draw-sample';
import { JudgeSample } from './judge-sample';
import { SampleRepository } from './sample.repository';
import { SamplesController } from './samples.controller';
import { SampleViews } from './sample-views';
import { VerificationController } from './verification.controller';
import './verification.errors';
import { VerifyRun } from './verify-run';

export const VERIFICATION_CONTROLLERS = [SamplesController, VerificationController];
export const VERIFICATION_PROVIDERS = [AccountBillsRepository, AccountOfRun, CorrectAccount, DrawSample, JudgeSample, SampleRepository, SampleViews, VerifyRun];

export { CorrectAccount, DrawSample, JudgeSample, SampleViews, VerifyRun };
export { freshSeed } from './draw-sample';
