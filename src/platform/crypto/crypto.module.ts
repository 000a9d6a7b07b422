import { Global, Module } from '@nestjs/common';
import { PersonalData } from './personal-data';

/** Encryption of personal data for every module. */
@Global()
@Module({ providers: [PersonalData], exports: [PersonalData] })
export class CryptoModule {}
